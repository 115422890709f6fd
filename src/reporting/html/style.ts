import { COLOURS, PICTURE_STYLE } from '../picture/style';

/** How the page looks: colours and picture first, then the page from the outside in, narrow screens and paper last. */
export const PAGE_STYLE = [
  COLOURS,
  PICTURE_STYLE,
  '*{box-sizing:border-box}',
  'body{margin:0;background:var(--bg);color:var(--fg);' +
    'font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}',
  'header,main{max-width:1560px;margin:0 auto;padding:0 24px}header{padding-top:26px}',
  'h1{font-size:1.7rem;line-height:1.2;margin:0 0 .3em;overflow-wrap:anywhere}',
  'h2{font-size:1.25rem;margin:2em 0 .5em}',
  '.verdict{display:inline-block;border-radius:8px;padding:.35em .8em;font-weight:650;color:var(--okfg);' +
    'background:var(--ok)}',
  '.verdict.no{background:var(--no);color:var(--bg)}',
  '.sum{margin:.8em 0 0;padding-left:1.2em;columns:2 380px}.sum li{break-inside:avoid}',
  'p.lead{color:var(--note);margin:.4em 0}',
  '.look{display:grid;grid-template-columns:minmax(0,46fr) minmax(0,54fr);gap:32px;align-items:start;margin-top:22px}',
  '.look section:first-child h2{margin-top:0}.look>.pic{position:sticky;top:12px}',
  '.pic svg{display:block;width:100%;max-height:calc(100vh - 165px);border:1px solid var(--edge);border-radius:12px}',
  '.pic svg [data-part]{transition:opacity .15s}.pic svg.dim [data-part]:not(.hit){opacity:.28}',
  '.pic svg .hit{filter:drop-shadow(0 0 5px var(--mark)) drop-shadow(0 0 2px var(--mark))}',
  '.why{border:1px solid var(--edge);border-left:5px solid var(--mark);border-radius:8px;padding:.6em .9em;' +
    'margin-top:12px;background:var(--bg);min-height:92px}',
  '.why b{display:block;font-size:.95rem}.why p{margin:.2em 0 0;font-size:.95rem}',
  'table{border-collapse:collapse;width:100%;margin:0 0 1.6em}',
  'caption{text-align:left;padding:.2em 0 .5em;color:var(--note);overflow-wrap:anywhere}',
  'caption b{color:var(--fg);overflow-wrap:anywhere}',
  'th,td{text-align:left;vertical-align:top;padding:.45em .55em;border-bottom:1px solid var(--edge);' +
    'font-size:.9rem;overflow-wrap:break-word}',
  'thead th{font-size:.82rem;color:var(--note);vertical-align:bottom}tbody th{font-weight:600}',
  '.m td{padding:3px}.m td.s{padding:.45em .55em;color:var(--note);font-size:.85rem}',
  '.where{display:block}.from{display:block;font-weight:400;color:var(--note);font-size:.82rem}.m{table-layout:fixed}',
  '.m:not(.limits) thead th:nth-child(n+2){width:13.4%}.limits th:first-child{width:34%}',
  '.limits th:nth-child(2){width:17%}',
  '.c{display:block;width:100%;min-height:44px;border:1px solid transparent;border-radius:6px;' +
    'padding:4px 6px;text-align:left;font:inherit;font-size:.85rem;line-height:1.25;cursor:help;' +
    'background:var(--nobg);color:var(--fg)}',
  '.c b{display:block;font-weight:650;color:var(--no);white-space:nowrap}',
  '.c i{display:block;font-style:normal;font-size:.75rem;color:var(--note);overflow-wrap:anywhere}',
  '.c.allowed{background:var(--okbg);border-color:var(--ok)}.c.allowed b{color:var(--ok)}',
  '.c.depends b{color:var(--lock)}.c.depends{background:var(--lockbg)}',
  ':focus-visible{outline:3px solid var(--mark);outline-offset:1px}.c:hover{border-color:var(--mark)}',
  '.ask{display:grid;grid-template-columns:repeat(auto-fit,minmax(230px,1fr));gap:12px 16px}',
  '.ask .wide{grid-column:1/-1}label{display:block;font-size:.88rem;color:var(--note)}',
  'input,select,textarea,.ask button{font:inherit;font-size:.95rem;color:var(--fg);background:var(--fill);' +
    'border:1px solid var(--ou);border-radius:6px;padding:.4em .5em;width:100%}',
  '.ask button{width:auto;font-weight:650;background:var(--acct);color:var(--bg);border:0;' +
    'padding:.5em 1.2em;cursor:pointer}',
  '#verdict{display:block;margin-top:.6em;padding:.6em .8em;border-radius:8px;border:2px solid var(--edge);' +
    'color:var(--fg);overflow-wrap:anywhere}',
  '#verdict[data-outcome=allowed]{border-color:var(--ok)}',
  '#verdict[data-outcome=denied]{border-color:var(--no)}',
  '#verdict[data-outcome=depends],#verdict[data-outcome=error]{border-color:var(--lock)}',
  '.badge{display:inline-block;white-space:nowrap;border-radius:6px;padding:.05em .5em;font-weight:650;' +
    'border:1.5px solid}',
  '.badge.met{color:var(--ok)}.badge.not-met{color:var(--no)}.badge.accepted{color:var(--lock)}',
  '.badge.does-not-apply{color:var(--note)}',
  '.ids{font-size:.78rem;color:var(--note)}.ids span{display:inline-block;margin-right:.5em}',
  '.area{display:block;font-size:.75rem;font-weight:400;color:var(--note)}.scroll{overflow-x:auto}',
  '.d td{overflow-wrap:anywhere}',
  '#cost input{width:7.5em;display:inline-block}.r{text-align:right}tfoot th{text-align:right}',
  '.todo li{margin:.6em 0;overflow-wrap:anywhere}.todo .error b{color:var(--no)}.fix{color:var(--note)}',
  '.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}',
  'footer{color:var(--note);font-size:.85rem;padding:2em 24px;max-width:1560px;margin:0 auto}',
  'details summary{cursor:pointer}ul.plain{overflow-wrap:anywhere}',
  '@media(max-width:1180px){.look{display:block}.look section:first-child h2{margin-top:1.2em}',
  '.look>.pic{position:static}.pic svg{max-height:none}',
  '.why{position:sticky;bottom:0;z-index:2;box-shadow:0 -2px 10px #0003}}',
  '@media(max-width:760px){header,main{padding-left:12px;padding-right:12px}',
  'th,td{padding:.4em .3em;font-size:.84rem}.m td{padding:2px}.c{padding:4px;font-size:.76rem}',
  '.m:not(.limits) .c i{display:none}.m:not(.limits) thead th{font-size:.74rem}.from{font-size:.78rem}}',
  '@media print{.look{display:block}.look>.pic{position:static}',
  '.pic svg{max-height:none;break-inside:avoid}',
  '.why,.ask button,#what-if,.no-print{display:none!important}tr,svg{break-inside:avoid}',
  '.c{border-color:var(--edge);background:none}thead{display:table-header-group}',
  'header,main{max-width:none}}',
].join('');
