export type { RemoteAccessResources } from './remote-access-context';
export { RemoteAccess } from './remote-access';
