export type { BoundRemoteAccess, RemoteAccessResources } from './remote-access-context';
export { REMOTE_ACCESS, RemoteAccess } from './remote-access';
