/**
 * How it looks. Everything that a theme changes is a custom property; texts have a contrast of at least 4.5 to 1 in both schemes.
 *
 * @module
 */

const LIGHT = `--bw-ground:#fff;--bw-ink:#1b1f24;--bw-quiet:#57606a;--bw-line:#d0d7de;--bw-soft:#f6f8fa;--bw-link:#0550ae;
--bw-good:#116329;--bw-good-ground:#dafbe1;--bw-plain:#0550ae;--bw-plain-ground:#ddf4ff;--bw-warn:#7d4e00;--bw-warn-ground:#fff8c5;--bw-bad:#a40e26;--bw-bad-ground:#ffebe9;color-scheme:light`
const DARK = `--bw-ground:#0d1117;--bw-ink:#e6edf3;--bw-quiet:#9ba4ae;--bw-line:#3d444d;--bw-soft:#161b22;--bw-link:#79b8ff;
--bw-good:#6fdd8b;--bw-good-ground:#12261e;--bw-plain:#9ecbff;--bw-plain-ground:#121d2f;--bw-warn:#f2cc60;--bw-warn-ground:#272115;--bw-bad:#ffa198;--bw-bad-ground:#2d1417;color-scheme:dark`

/** Rules are of the lowest weight that works, so that a page's own come through. */
const FRAGMENTS = ':where(.bw-badge,.bw-assessment)'
const ALL = ':where(.bw-badge,.bw-assessment,.bw-certificate)'

const THEMES = `${ALL}{${LIGHT};--bw-font:system-ui,sans-serif;--bw-radius:10px;--bw-tone:var(--bw-quiet);--bw-tone-ground:var(--bw-soft)}
@media (prefers-color-scheme:dark){${FRAGMENTS}{${DARK}}}
:where([data-bw-theme=light]) ${FRAGMENTS}{${LIGHT}}
:where([data-bw-theme=dark]) ${FRAGMENTS}{${DARK}}
.bw-verified,.bw-met{--bw-tone:var(--bw-good);--bw-tone-ground:var(--bw-good-ground)}
.bw-signed{--bw-tone:var(--bw-plain);--bw-tone-ground:var(--bw-plain-ground)}
.bw-reserved,.bw-indeterminate,.bw-uncertain,.bw-open{--bw-tone:var(--bw-warn);--bw-tone-ground:var(--bw-warn-ground)}
.bw-invalid,.bw-not-met,.bw-failed{--bw-tone:var(--bw-bad);--bw-tone-ground:var(--bw-bad-ground)}
.bw-passed{--bw-tone:var(--bw-good)}
.bw-skipped{--bw-tone:var(--bw-quiet)}
`

const BASE = `${ALL}{font-family:var(--bw-font);line-height:1.5;color:var(--bw-ink);background:var(--bw-ground);overflow-wrap:anywhere}
${FRAGMENTS}{max-width:46rem;padding:1.25rem;border:1px solid var(--bw-line);border-radius:var(--bw-radius)}
${ALL} :where(h1,h2,h3,h4,h5,h6){line-height:1.25;margin:1.5rem 0 .5rem;font-size:1.1rem}
${ALL} :where(p,ul,ol,dl,pre,blockquote,table){margin:.5rem 0}
${ALL} :where(ul,ol){padding-inline-start:1.4rem}
${ALL} :where(a){color:var(--bw-link)}
${ALL} :where(code,pre){font-family:ui-monospace,SFMono-Regular,Menlo,monospace;font-size:.85em}
${ALL} :where(pre){white-space:pre-wrap;background:var(--bw-soft);padding:.75rem;border-radius:var(--bw-radius)}
${ALL} :where(:focus-visible){outline:3px solid var(--bw-link);outline-offset:2px;border-radius:2px}
${ALL} :where(summary){cursor:pointer;padding:.35rem 0;font-weight:600}
`

const BADGE = `.bw-svg{max-width:100%;height:auto}
.bw-head{display:flex;gap:1.25rem;align-items:center;flex-wrap:wrap}
.bw-head>div{flex:1 1 14rem;min-width:0}
.bw-image{width:8rem;height:8rem;object-fit:contain;flex:none}
.bw-lapsed{position:relative;flex:none;margin:0}
.bw-lapsed .bw-image{display:block;filter:grayscale(1);opacity:.4}
.bw-stamp{position:absolute;inset-inline:0;top:50%;transform:translateY(-50%);padding:.2rem .4rem;border:2px solid var(--bw-tone);background:var(--bw-tone-ground);color:var(--bw-tone);font-weight:700;text-align:center;print-color-adjust:exact}
.bw-badge .bw-title,.bw-assessment .bw-title{font-size:1.6rem;margin:0}
.bw-badge.bw-invalid>.bw-head .bw-title,.bw-badge.bw-indeterminate>.bw-head .bw-title{color:var(--bw-quiet)}
.bw-issuer{margin:.25rem 0}
.bw-more,.bw-host,.bw-technical{color:var(--bw-quiet);font-size:.9rem}
.bw-verdict{margin:1rem 0;padding:.75rem 1rem;border:1px solid var(--bw-tone);border-inline-start-width:6px;border-radius:var(--bw-radius);background:var(--bw-tone-ground)}
.bw-verdict p,.bw-verdict ul{margin:.25rem 0}
.bw-verdict .bw-more{color:var(--bw-ink)}
.bw-verdict-words{display:flex;gap:.6rem;align-items:center;font-size:1.3rem;color:var(--bw-tone)}
.bw-mark{width:1.4em;height:1.4em;flex:none;color:var(--bw-tone)}
.bw-label{font-weight:600}
.bw-facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));gap:.6rem 1.25rem}
.bw-facts dt{color:var(--bw-quiet);font-size:.9rem}
.bw-facts dd{margin:0}
.bw-text{white-space:pre-line;max-width:40rem}
.bw-markdown{white-space:normal;border-inline-start:3px solid var(--bw-line);padding-inline-start:.9rem;margin:.5rem 0}
.bw-markdown :where(blockquote){margin-inline:1rem;color:var(--bw-quiet)}
.bw-markdown :where(table){border-collapse:collapse}
.bw-markdown :where(th,td){border:1px solid var(--bw-line);padding:.25rem .5rem;text-align:start}
.bw-markdown .bw-right{text-align:end}
.bw-markdown .bw-center{text-align:center}
.bw-entries>li{margin:.5rem 0}
.bw-entries>li>p{margin:.15rem 0}
.bw-steps>li{margin:.25rem 0;padding:.2rem .5rem;border-radius:4px}
.bw-reached{background:var(--bw-soft);border-inline-start:4px solid var(--bw-link)}
.bw-tag,.bw-status{font-size:.85rem;padding:.05rem .5rem;border:1px solid var(--bw-line);border-radius:999px;background:var(--bw-ground);color:var(--bw-ink)}
.bw-warning{color:var(--bw-bad)}
.bw-claims,.bw-checks{margin-top:1rem;border-top:1px solid var(--bw-line);padding-top:.5rem}
.bw-unproven{color:var(--bw-quiet)}
.bw-claimed-name{font-weight:600}
.bw-plain,.bw-requirements{list-style:none;padding:0}
.bw-check{padding:.4rem 0;border-bottom:1px solid var(--bw-line)}
.bw-check p{margin:.1rem 0 .1rem 2rem}
.bw-check>p:first-child,.bw-requirement>p:first-child{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin:0}
.bw-nested .bw-badge{margin:1rem 0}
.bw-requirement{padding:.75rem 0 .75rem .9rem;border-inline-start:4px solid var(--bw-tone);padding-inline-start:.9rem;margin:.75rem 0}
.bw-requirement .bw-reasons{font-size:.95rem;list-style:none;padding:0}
`

const CERTIFICATE = `.bw-page{margin:0;background:#eef1f4}
.bw-certificate{box-sizing:border-box;max-width:60rem;min-height:40rem;margin:1.5rem auto;padding:2.5rem 3rem 1.5rem;border:3px double var(--bw-quiet);text-align:center;display:flex;flex-direction:column;align-items:center}
.bw-certificate p{margin:.35rem 0}
.bw-kind{text-transform:uppercase;letter-spacing:.25em;color:var(--bw-quiet)}
.bw-name{font-size:1.6rem;font-weight:600}
.bw-certificate .bw-title{font-size:2.2rem;margin:.25rem 0 .5rem}
.bw-own-name{color:var(--bw-quiet)}
.bw-levels{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;justify-content:center}
.bw-description{max-width:40rem}
.bw-certificate .bw-id{word-break:break-all}
.bw-foot{display:flex;flex-wrap:wrap;gap:1.5rem;align-items:center;justify-content:center;width:100%;margin-top:auto;padding-top:1rem}
.bw-foot .bw-verdict{flex:1 1 20rem;margin:0;text-align:start;font-size:.85rem}
.bw-foot .bw-verdict-words{font-size:1.1rem}
.bw-code{margin:0;font-size:.85rem}
.bw-code .bw-qr{width:8rem;height:8rem}
.bw-refused{display:block;text-align:start}
.bw-refused h1{font-size:1.6rem;margin-top:0}
`

const PRINT = `@page{size:landscape;margin:10mm}
@media print{
.bw-page{background:none}
.bw-certificate{margin:0;max-width:none;min-height:calc(100vh - 1mm);padding:5mm 12mm 4mm;print-color-adjust:exact}
.bw-certificate .bw-image{width:6rem;height:6rem}
.bw-certificate p{margin:.2rem 0}
.bw-badge,.bw-assessment{border:none;padding:0;max-width:none}
.bw-verdict{print-color-adjust:exact;break-inside:avoid}
.bw-requirement,.bw-check{break-inside:avoid}
}
@media (forced-colors:active){.bw-reached{outline:2px solid}}
`

/**
 * For `renderBadge`, `renderAssessment` and `renderCertificate`. A theme sets custom properties on `.bw-badge`, `.bw-assessment` and
 * `.bw-certificate`: `--bw-ground`, `--bw-ink`, `--bw-quiet`, `--bw-line`, `--bw-soft`, `--bw-link`; `--bw-good`, `--bw-plain`, `--bw-warn`, `--bw-bad` and each of
 * these with `-ground`; `--bw-font`, `--bw-radius`. Follows `prefers-color-scheme`; `data-bw-theme="light"` or `"dark"` on an element around decides.
 * A certificate is always light. Names of classes may change in any release but for those three, and `bw-verified`, `bw-signed`, `bw-reserved`,
 * `bw-invalid`, `bw-indeterminate`, `bw-met`, `bw-not-met`, `bw-uncertain` on them.
 */
export const stylesheet: string = THEMES + BASE + BADGE + CERTIFICATE + PRINT
