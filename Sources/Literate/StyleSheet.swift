/// The style of the HTML book: light, dark and on paper.
///
/// From 1100 px on the contents stand beside the text, and the column has room for 78 columns of
/// code. What may be wider than the window (code, tables, formulas) scrolls in itself.
let styleSheet = """
  :root {
    color-scheme: light dark;
    --paper: #ffffff; --ink: #1f2328; --quiet: #59636e; --line: #d1d9e0; --code: #f6f8fa;
    --link: #0059b3; --keyword: #a0255f; --type: #6639ba; --string: #0a5f2c; --number: #0550ae;
    --comment: #59636e;
  }
  @media (prefers-color-scheme: dark) {
    :root {
      --paper: #0d1117; --ink: #e6edf3; --quiet: #9198a1; --line: #3d444d; --code: #161b22;
      --link: #58a6ff; --keyword: #ff7ab2; --type: #d2a8ff; --string: #7ee787; --number: #79c0ff;
      --comment: #9198a1;
    }
  }
  * { box-sizing: border-box; }
  html { scroll-padding-top: 1rem; }
  body {
    margin: 0 auto; padding: 0 1rem; max-width: 76rem; background: var(--paper);
    color: var(--ink); font: 17px/1.6 system-ui, sans-serif; overflow-wrap: break-word;
  }
  header { border-bottom: 1px solid var(--line); padding: 1.5rem 0 0.5rem; }
  header h1 { font-size: 2.1rem; margin: 0; }
  section { padding-top: 1rem; }
  section + section { border-top: 1px solid var(--line); margin-top: 4rem; }
  h1, h2, h3 { line-height: 1.25; text-wrap: balance; }
  h2 { font-size: 1.8rem; } h3 { font-size: 1.25rem; margin-top: 2.2rem; }
  .number { color: var(--quiet); }
  a { color: var(--link); }
  nav { font-size: 0.9rem; line-height: 1.4; padding: 1rem 0; }
  nav ol { list-style: none; margin: 0; padding: 0; }
  nav ol ol { padding-left: 1rem; }
  nav li { margin: 0.3rem 0; }
  nav a { text-decoration: none; }
  nav a:hover { text-decoration: underline; }
  nav ol ol a { color: var(--quiet); }
  @media (max-width: 1099px) {
    nav ol ol { display: none; }
    nav { border-bottom: 1px solid var(--line); }
  }
  @media (min-width: 1100px) {
    body { display: grid; grid-template-columns: 16rem minmax(0, 50rem); column-gap: 2.5rem; }
    header { grid-column: 1 / 3; }
    nav { position: sticky; top: 0; max-height: 100vh; overflow-y: auto; align-self: start; }
  }
  sub { color: var(--quiet); vertical-align: baseline; font-size: 0.85em; }
  code { font: 0.88em ui-monospace, monospace; overflow-wrap: anywhere; }
  pre {
    background: var(--code); border: 1px solid var(--line); border-radius: 6px;
    padding: 0.75rem; overflow-x: auto; line-height: 1.45;
  }
  pre code { font-size: 0.86em; overflow-wrap: normal; white-space: pre; }
  pre.text { background: none; border-left: 4px solid var(--line); border-radius: 0; }
  .kw, .cf, .im, .bu { color: var(--keyword); }
  .dt, .at, .pp { color: var(--type); }
  .st, .ch, .ss, .vs, .sc { color: var(--string); }
  .dv, .fl, .bn, .cn { color: var(--number); }
  .co, .do, .an, .cv, .in { color: var(--comment); font-style: italic; }
  table { display: block; overflow-x: auto; border-collapse: collapse; }
  th, td { border: 1px solid var(--line); padding: 0.3rem 0.6rem; text-align: left; }
  td code { overflow-wrap: normal; }
  figure { margin: 1.5rem 0; }
  figcaption { color: var(--quiet); font-size: 0.88rem; }
  img { max-width: 100%; height: auto; display: block; margin: 0 auto 0.5rem; }
  math[display="block"] { display: block; overflow-x: auto; overflow-y: hidden; padding: 0.3rem 0; }
  hr { border: 0; border-top: 1px solid var(--line); margin: 2rem 0; }
  blockquote { margin: 0; padding-left: 1rem; border-left: 4px solid var(--line); }
  summary { cursor: pointer; padding: 0.2rem 0; }
  @media print {
    :root {
      color-scheme: light;
      --paper: #ffffff; --ink: #000000; --quiet: #444444; --line: #bbbbbb; --code: #ffffff;
      --link: #000000; --keyword: #7a1a48; --type: #4b2a8a; --string: #0a4f25; --number: #04408a;
      --comment: #444444;
    }
    body { display: block; font-size: 11pt; max-width: none; padding: 0; }
    nav { position: static; max-height: none; }
    #files { display: none; }
    section + section { break-before: page; border: 0; margin: 0; }
    h2, h3 { break-after: avoid; }
    pre, figure, table, math { break-inside: avoid; }
    pre code { font-size: 8.5pt; white-space: pre-wrap; }
    a { text-decoration: none; }
  }
  """
