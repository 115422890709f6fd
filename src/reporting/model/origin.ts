/** The part of the picture where somebody asks from. */
export function originPart(who: string, from: string): string {
  if (from === 'internet') {
    return who === 'stranger' || who === 'anonymous' ? 'accounts' : 'internet';
  }
  if (from === 'other-vpc' || from === 'other-endpoint') {
    return 'vpcs';
  }
  return who === 'stranger' ? 'accounts' : 'compute';
}
