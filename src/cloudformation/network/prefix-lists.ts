import { S3_PREFIX_LISTS } from '../../base';
import { listOf, textsOf, valueAt } from '../json';
import type { PrefixListModel } from '../network-model';
import type { ResourceIndex } from '../resource-index';
import { isSymbolic } from '../symbols';

/** The ids of the lists that AWS made first: those of customers are longer. */
const ID_OF_AWS = /^pl-[0-9a-f]{8}$/;

/** A prefix list: by its content where the template has it, else by what its id tells in its Region. */
export function prefixListNamed(id: string, region: string, index: ResourceIndex): PrefixListModel {
  const list = index.named('AWS::EC2::PrefixList', id);
  if (list !== undefined) {
    const ranges = listOf(list.properties.Entries).flatMap(each => textsOf(valueAt(each, 'Cidr')));
    return { id, kind: 'listed', ranges };
  }
  const ofS3 = isSymbolic(region) ? inAnyRegion(id) : S3_PREFIX_LISTS.get(region);
  if (ofS3 === undefined) {
    return { id, kind: 'unknown', ranges: [] };
  }
  const isOther = id !== ofS3 && ID_OF_AWS.test(id);
  return { id, kind: id === ofS3 ? 'S3' : isOther ? 'of another service' : 'unknown', ranges: [] };
}

/** Where the Region is known at deployment only, an id of S3 in one is taken for that of the Region. */
function inAnyRegion(id: string): string | undefined {
  return [...S3_PREFIX_LISTS.values()].find(each => each === id);
}
