/** The script of the page in one file, which the build puts in place of this name. */
declare const PAGE_SCRIPT: string;

/** What makes the page move. */
export function pageScript(): string {
  return PAGE_SCRIPT;
}
