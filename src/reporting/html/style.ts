import { COLOURS, PICTURE_STYLE } from '../picture/style';

const FIRST_SCREEN = [
  '*{box-sizing:border-box}',
  'body{margin:0;background:var(--bg);color:var(--fg);' +
    'font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}',
  'header,main,footer{max-width:1600px;margin:0 auto;padding:0 24px}header{padding-top:14px}',
  '.top{display:flex;flex-wrap:wrap;gap:0 24px;justify-content:space-between;align-items:baseline}',
  'h1{font-size:1.5rem;line-height:1.2;margin:0}h2{font-size:1.1rem;margin:0 0 .35em}',
  'h3{font-size:.95rem;margin:0}.meta{color:var(--note);font-size:.85rem;margin:0}',
  '.line{margin:.5em 0 .7em}.counts{color:var(--note);margin-left:.6em}',
  '.verdict{display:inline-block;border-radius:8px;padding:.25em .7em;font-weight:650;color:var(--okfg);' +
    'background:var(--ok)}',
  '.verdict.no{background:var(--no);color:var(--bg)}.red{color:var(--no);font-weight:650}',
  '.look{display:grid;grid-template-columns:minmax(0,50fr) minmax(0,50fr);gap:28px;align-items:start}',
  '.pic{overflow-x:auto;border:1px solid var(--edge);border-radius:12px}',
  '.pic svg{display:block;width:100%;max-height:max(560px,calc(100vh - 190px))}',
  '.pic svg [data-part]{transition:opacity .15s}.pic svg.dim [data-part]:not(.hit){opacity:.28}',
  '.pic svg .hit{filter:drop-shadow(0 0 5px var(--mark)) drop-shadow(0 0 2px var(--mark))}',
  '.say section{margin-bottom:14px}.sum{margin:0 0 .6em;padding-left:1.1em}.sum li{margin:.2em 0}',
  '.lead,.legend{color:var(--note);margin:.3em 0;font-size:.9rem}.legend span{margin-right:1em;white-space:nowrap}',
  '.may{margin:.3em 0;border-top:1px solid var(--edge)}.may div{display:flex;flex-wrap:wrap;gap:0 1em;' +
    'padding:.3em 0;border-bottom:1px solid var(--edge)}',
  '.may dt{font-weight:650;min-width:8em}.may dd{margin:0;flex:1 1 16em}',
  '.card{border:1px solid var(--edge);border-left:5px solid var(--no);border-radius:8px;padding:.5em .8em;margin:0 0 10px}',
  '.card.warning{border-left-color:var(--lock)}.card p{margin:.25em 0}.card .id{font-weight:400;color:var(--note)}',
  '.at{color:var(--note);font-size:.85rem}.example{font-size:.9rem}.more{margin:.3em 0 .5em}',
  '.why{border:1px solid var(--edge);border-left:5px solid var(--mark);border-radius:8px;padding:.4em .8em;' +
    'margin:10px 0;background:var(--bg);min-height:64px}',
  '.why b{display:block;font-size:.9rem}.why p{margin:.1em 0 0;font-size:.9rem}',
];

const TABLES = [
  'table{border-collapse:collapse;width:100%;margin:0 0 .6em}',
  'caption{text-align:left;padding:.1em 0 .3em;color:var(--note)}caption b{color:var(--fg)}',
  'th,td{text-align:left;vertical-align:top;padding:.35em .5em;border-bottom:1px solid var(--edge);font-size:.87rem}',
  'thead th{font-size:.8rem;color:var(--note);vertical-align:bottom}tbody th{font-weight:600}',
  '.scroll{overflow-x:auto;position:relative}.scroll>table{min-width:620px}',
  '#matrix{margin-top:14px}.tables{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,560px),1fr));gap:6px 28px}',
  '.say .tables{grid-template-columns:1fr}.of{min-width:0}.m td{padding:2px}.m td.s{padding:.4em .5em;color:var(--note);font-size:.83rem}',
  '.from{font-weight:400;color:var(--note);font-size:.82rem}.m{table-layout:fixed}',
  '.m:not(.limits):not(.k) thead th:nth-child(n+2){width:13.4%}.limits th:first-child{width:34%}',
  '.limits th:nth-child(2){width:17%}.k th,.k td{vertical-align:middle;padding:2px .3em}.k thead th:nth-child(n+2){width:52px}',
  '.k th:nth-child(n+2),.k td{text-align:center}.k td.none{color:var(--note)}.k .rest th{font-weight:400}',
  '.c{display:block;width:100%;min-height:34px;border:1px solid transparent;border-radius:6px;' +
    'padding:3px 6px;text-align:left;font:inherit;font-size:.82rem;line-height:1.25;cursor:help;' +
    'background:none;color:var(--fg)}',
  '.c b{display:block;font-weight:650;white-space:nowrap}.k .c{text-align:center;min-height:26px;padding:1px}.k .c b{font-size:1rem}',
  'td.s,.c i{overflow-wrap:break-word}.c i{display:block;font-style:normal;font-size:.75rem;color:var(--note)}.c.denied b{font-weight:400}',
  '.c.allowed{background:var(--fill);border-color:var(--edge)}',
  '.c.unintended{background:var(--nobg);border-color:var(--no)}.c.unintended b{color:var(--no);font-weight:650}',
  ':focus-visible{outline:3px solid var(--mark);outline-offset:1px}.c:hover{border-color:var(--mark)}',
  '.badge{display:inline-block;white-space:nowrap;border-radius:6px;padding:.05em .5em;border:1px solid var(--edge)}',
  '.badge.not-met{color:var(--no);border-color:var(--no);font-weight:650}.badge.does-not-apply{color:var(--note)}',
  '#controls td:nth-child(2),#proof th[scope=row]{font-size:.78rem;color:var(--note);font-weight:400}',
  '.area{display:block;font-size:.75rem;font-weight:400;color:var(--note)}',
  '#cost input{width:7.5em;display:inline-block}.r{text-align:right}tfoot th{text-align:right}',
];

const SECTIONS = [
  '.contents ul{display:flex;flex-wrap:wrap;gap:0 1.2em;list-style:none;margin:8px 0;padding:0}.contents a{color:var(--acct)}',
  '.part{border-top:1px solid var(--edge)}.part>summary{padding:.5em 0}.part h2{display:inline;margin:0}',
  '.told{color:var(--note);margin-left:.6em}.in{padding:0 0 12px}summary{cursor:pointer}',
  '.ask{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,196px),1fr));gap:8px 16px}',
  '.ask .wide{grid-column:1/-1}label{display:block;font-size:.85rem;color:var(--note)}',
  'input,select,textarea,.ask button{font:inherit;font-size:.92rem;color:var(--fg);background:var(--fill);' +
    'border:1px solid var(--ou);border-radius:6px;padding:.3em .5em;width:100%}',
  '.ask button{width:auto;font-weight:650;background:var(--acct);color:var(--bg);border:0;' +
    'padding:.4em 1.2em;cursor:pointer}',
  '#verdict{display:block;margin-top:.4em;padding:.4em .8em;border-radius:8px;border:2px solid var(--edge);color:var(--fg)}',
  'ul.plain{padding-left:1.2em;overflow-wrap:anywhere}.flow>li{margin:.5em 0}',
  '.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}',
  'footer{color:var(--note);font-size:.82rem;padding:.8em 24px 1.2em;border-top:1px solid var(--edge)}footer p,footer ul{margin:.1em 0}',
  '.hash{font-family:ui-monospace,monospace}',
];

const SMALL_AND_PAPER = [
  '@media(max-width:1180px){.look{display:block}.pic{margin-bottom:14px}.pic svg{max-height:none}',
  '.why.on{position:sticky;bottom:0;z-index:2;box-shadow:0 -2px 10px #0003}}',
  '@media(max-width:760px){header,main,footer{padding-left:12px;padding-right:12px}.pic svg{min-width:600px}',
  '.k thead th:nth-child(n+2){width:42px;font-size:.72rem;padding:2px 0}.legend span{white-space:normal}}',
  '@media print{body{font-size:12px}.look{display:block}.pic svg{max-height:480px}.pic{break-inside:avoid}',
  '.why,#ask,.no-print{display:none!important}tr,svg,.card,.of{break-inside:avoid}',
  '.c{border-color:var(--edge);background:none}thead{display:table-header-group}',
  '.tables{grid-template-columns:1fr 1fr}header,main,footer{max-width:none;padding:0}}',
];

/** How the page looks: colours and picture first, then the page from the outside in, narrow screens and paper last. */
export const PAGE_STYLE = [COLOURS, PICTURE_STYLE, ...FIRST_SCREEN, ...TABLES, ...SECTIONS, ...SMALL_AND_PAPER].join(
  '',
);
