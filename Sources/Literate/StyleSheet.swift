/// The style of the HTML book, light and dark.
///
/// What may be wider than the window (code, tables, formulas) scrolls in itself.
let styleSheet = """
  :root {
    color-scheme: light dark;
    --paper: #ffffff; --ink: #1f2328; --quiet: #59636e; --line: #d1d9e0; --code: #f6f8fa;
    --link: #0059b3;
  }
  @media (prefers-color-scheme: dark) {
    :root {
      --paper: #0d1117; --ink: #e6edf3; --quiet: #9198a1; --line: #3d444d; --code: #161b22;
      --link: #58a6ff;
    }
  }
  * { box-sizing: border-box; }
  body {
    margin: 0; background: var(--paper); color: var(--ink);
    font: 17px/1.6 system-ui, sans-serif; overflow-wrap: break-word;
  }
  main { max-width: 46rem; margin: 0 auto; padding: 1rem; }
  section + section { border-top: 1px solid var(--line); margin-top: 4rem; padding-top: 1rem; }
  h1, h2, h3 { line-height: 1.25; text-wrap: balance; }
  a { color: var(--link); }
  sub { color: var(--quiet); vertical-align: baseline; font-size: 0.85em; }
  code { font: 0.88em ui-monospace, monospace; overflow-wrap: anywhere; }
  pre {
    background: var(--code); border: 1px solid var(--line); border-radius: 6px;
    padding: 0.75rem; overflow-x: auto; line-height: 1.45;
  }
  pre code { overflow-wrap: normal; white-space: pre; }
  pre.text { background: none; border-left: 4px solid var(--line); border-radius: 0; }
  table { display: block; overflow-x: auto; border-collapse: collapse; }
  th, td { border: 1px solid var(--line); padding: 0.3rem 0.6rem; text-align: left; }
  td code { overflow-wrap: normal; }
  img { max-width: 100%; height: auto; display: block; margin: 1rem auto; }
  math[display="block"] { display: block; overflow-x: auto; overflow-y: hidden; padding: 0.3rem 0; }
  hr { border: 0; border-top: 1px solid var(--line); margin: 2rem 0; }
  blockquote { margin: 0; padding-left: 1rem; border-left: 4px solid var(--line); }
  """
