// Reports to the page around this one what is wrong with it, or "ok", the scheme and the width.

const luminance = colour => {
  const [r, g, b] = colour.match(/[\d.]+/g).map(Number).map(c => c / 255)
    .map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

const contrast = (a, b) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

addEventListener("load", async () => {
  const faults = []
  const images = [...document.images]
  await Promise.all(images.map(image => image.decode().catch(() => {})))
  for (const image of images) {
    if (!image.naturalWidth) faults.push(`broken image: ${image.alt.slice(0, 60)}`)
    if (!image.alt.trim()) faults.push("an image without alternative text")
  }

  const width = innerWidth
  const page = document.documentElement
  if (page.scrollWidth > width) {
    const wide = [...document.querySelectorAll("body *")]
      .filter(element => element.getBoundingClientRect().right > width + 0.5)
      .filter(element => !element.parentElement.closest("pre, table, math"))
      .map(element => `${element.tagName} ${element.textContent.trim().slice(0, 40)}`)
    faults.push(`${page.scrollWidth} px wide: ${wide.slice(-3).join(" / ")}`)
  }

  const ground = getComputedStyle(document.body).backgroundColor
  const kinds = ["kw", "dt", "st", "dv", "co", "number"].map(kind => `.${kind}`)
  for (const name of ["body", "a", "sub", "pre code", "nav ol ol a", "figcaption", ...kinds]) {
    const element = document.querySelector(name)
    if (!element) continue
    const box = element.closest("pre.sourceCode")
    const ratio = contrast(
      getComputedStyle(element).color, box ? getComputedStyle(box).backgroundColor : ground)
    if (ratio < 4.5) faults.push(`contrast of ${name} is ${ratio.toFixed(1)}`)
  }

  // Code of 78 columns is seen whole beside the contents.
  if (width >= 1100) {
    for (const code of document.querySelectorAll("section:not(#files) pre")) {
      const columns = Math.max(...code.textContent.split("\n").map(line => line.length))
      if (columns <= 78 && code.scrollWidth > code.clientWidth)
        faults.push(`${columns} columns of code are cut: ${code.textContent.slice(0, 40)}`)
    }
  }
  const titles = document.querySelectorAll("h1").length
  if (titles !== 1) faults.push(`${titles} title headings`)
  const listed = [...document.querySelectorAll("nav > ol > li > a")].map(a => a.hash.slice(1))
  const sections = [...document.querySelectorAll("main > section")].map(section => section.id)
  if (listed.join() !== sections.join()) faults.push(`contents ${listed} of sections ${sections}`)

  const ids = [...document.querySelectorAll("[id]")].map(element => element.id)
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index)
  if (twice.length) faults.push(`ids used twice: ${twice.join(", ")}`)
  for (const link of document.querySelectorAll('a[href]:not([href^="https:"])')) {
    if (!link.getAttribute("href").startsWith("#")) faults.push(`a link leaves the page: ${link}`)

    const id = decodeURIComponent(link.getAttribute("href").slice(1))
    if (!ids.includes(id)) faults.push(`a link leads to #${id}, which is not there`)
  }

  const scheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"
  const verdict = faults.length ? faults.join("; ") : `ok ${scheme} ${width} px, ${images.length} images`
  parent.postMessage(verdict.replace(/</g, "("), "*")
})
