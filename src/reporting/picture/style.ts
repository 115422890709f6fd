const LIGHT =
  '--bg:#fff;--fg:#1b1f24;--note:#4d5560;--line:#1b1f24;--fill:#fff;--edge:#c8ced6;--ou:#57606a;' +
  '--acct:#0a4fa8;--vpc:#6639ba;--sub:#eaf3ff;--sube:#3d84d6;' +
  '--ok:#116329;--okbg:#e7f6ea;--okfg:#fff;--no:#a40e26;--nobg:#fff0f0;--lock:#7d4e00;--lockbg:#fff4c2;--mark:#ffb000';

const DARK =
  '--bg:#0f1419;--fg:#e8edf2;--note:#a9b4c0;--line:#e8edf2;--fill:#1a212a;--edge:#3a4450;--ou:#8b96a3;' +
  '--acct:#7cb7ff;--vpc:#c4a3ff;--sub:#132234;--sube:#5b9be0;' +
  '--ok:#56d071;--okbg:#11281a;--okfg:#06210d;--no:#ff8b92;--nobg:#2c1519;--lock:#f0c14b;--lockbg:#33290c;' +
  '--mark:#ffb000';

/** The colours of the report, for light and dark. */
export const COLOURS =
  `:root{color-scheme:light dark;${LIGHT}}@media(prefers-color-scheme:dark){:root{${DARK}}}` +
  `@media print{:root{color-scheme:light;${LIGHT}}}`;

/** How the parts of the picture look. */
export const PICTURE_STYLE = [
  '.sra{font-family:system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}',
  '.sra text{fill:var(--fg);stroke:none}.sra .b{font-weight:650}.sra .n{fill:var(--note)}',
  '.sra .f{fill:none;stroke-width:2}.sra .ou{stroke:var(--ou);stroke-dasharray:9 6}',
  '.sra .acct{stroke:var(--acct)}.sra .vpc{stroke:var(--vpc)}',
  '.sra .sub{fill:var(--sub);stroke:var(--sube);stroke-width:1.5}',
  '.sra text.tou{fill:var(--ou);font-weight:650}.sra text.tacct{fill:var(--acct);font-weight:650}',
  '.sra text.tvpc{fill:var(--vpc);font-weight:650}',
  '.sra .i{fill:var(--fill);stroke:var(--line);stroke-width:2.2;stroke-linejoin:round}',
  '.sra .l{fill:none;stroke:var(--line);stroke-width:2.2;stroke-linecap:round;stroke-linejoin:round}',
  '.sra .k{fill:var(--lockbg);stroke:var(--lock);stroke-width:2.2}.sra path.k{fill:none}',
  '.sra .kl{stroke:var(--lock);stroke-width:3;stroke-linecap:round}',
  '.sra text.kt{fill:var(--lock);font-weight:650}',
  '.sra .p{fill:none;stroke:var(--ok);stroke-width:4;stroke-linejoin:round}',
  '.sra .hp,.sra .s{fill:var(--ok)}.sra .ho,.sra .s.no{fill:var(--no)}.sra .hr{fill:var(--line)}',
  '.sra text.sn{fill:var(--okfg);font-weight:700}.sra .r{fill:none;stroke:var(--line);stroke-width:2.5}',
  '.sra .c{fill:none;stroke:var(--note);stroke-width:2.2;stroke-dasharray:7 6}',
  '.sra .cb{fill:var(--fill);stroke:var(--edge);stroke-width:1.8}',
  '.sra .ob{fill:var(--nobg);stroke:var(--no);stroke-width:2}.sra .qb{fill:none;stroke:var(--note);stroke-dasharray:3 4}',
  '.sra text.red{fill:var(--no)}',
  '.sra .x{stroke:var(--note);stroke-width:4;stroke-linecap:round}',
  '.sra .xb{fill:var(--bg);stroke:var(--note);stroke-width:2}',
  '.sra .o{fill:none;stroke:var(--no);stroke-width:4}',
  '.sra .d{stroke-dasharray:3 5}',
  '.sra .halo{paint-order:stroke;stroke:var(--bg);stroke-width:7px;stroke-linejoin:round}',
  '.sra text.halo{stroke:var(--bg)}',
  '.sra .w{fill:var(--bg);stroke:var(--edge)}',
].join('');
