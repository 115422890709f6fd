/** Finds values once for each name, also where what is looked for asks for itself on the way. */
export class RecursiveMemo {
  private readonly known = new Map<string, readonly string[]>();
  /** What is being looked for, each for the one before. */
  private readonly beingMade: string[] = [];
  /** From which of them on what is found lacks something. */
  private incompleteAbove = Infinity;

  /**
   * What is asked about itself, by a policy variable of its own kind, adds nothing. What was found on the way, without
   * that, is not all there is: it is looked for again when it is asked for.
   */
  public once(name: string, make: () => readonly string[]): readonly string[] {
    const known = this.known.get(name);
    if (known !== undefined) {
      return known;
    }
    const depth = this.beingMade.indexOf(name);
    if (depth >= 0) {
      this.incompleteAbove = Math.min(this.incompleteAbove, depth);
      return [];
    }
    this.beingMade.push(name);
    const made = make();
    this.beingMade.pop();
    if (this.incompleteAbove >= this.beingMade.length) {
      this.incompleteAbove = Infinity;
      this.known.set(name, made);
    }
    return made;
  }
}
