// Uses the page to look around as a reader would, by typing and clicking, and reports to the page
// around this one what is wrong with it, or "ok", the scheme and the width.

const faults = []
const expect = (isTrue, what) => { if (!isTrue) faults.push(what) }
const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds))
const input = document.getElementById("query")
const heading = () => document.getElementById("word").textContent
const listed = () => [...document.querySelectorAll("#neighbours button")]
const name = button => button.firstChild.textContent

const type = async text => {
  input.focus()
  for (let end = 1; end <= text.length; end++) {
    input.value = text.slice(0, end)
    input.dispatchEvent(new InputEvent("input", { bubbles: true }))
  }
  await pause(50)
}

const press = async (element, key) => {
  element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }))
  if (key === "Enter") element.form.requestSubmit()
  await pause(700)
}

const pointer = (kind, x, y, id = 1) => {
  const { left, top } = canvas.getBoundingClientRect()
  canvas.dispatchEvent(new PointerEvent(kind, {
    pointerId: id, clientX: left + x, clientY: top + y, bubbles: true, cancelable: true }))
}

const inkOf = () => {
  const pixels = ink.getImageData(0, 0, canvas.width, canvas.height).data
  let painted = 0
  for (let i = 3; i < pixels.length; i += 4) if (pixels[i]) painted++
  return painted
}

addEventListener("load", async () => {
  for (let turn = 0; turn < 50 && inkOf() <= 1000; turn++) await pause(100)
  expect(inkOf() > 1000, "the map is empty")
  expect(heading() === "", "a word is chosen before one was")

  // Type a word, and see its neighbours with their cosines.
  const word = data.words.includes("chip") ? "chip" : "violin"
  await type(word)
  expect(!document.getElementById("suggestions").hidden, "typing suggests no words")
  await press(input, "Enter")
  expect(heading() === word, `“${word}” was typed and “${heading()}” is shown`)
  expect(listed().length === Math.min(20, data.words.length - 1), `${listed().length} neighbours`)
  const cosines = listed().map(button => Number(button.lastChild.textContent.replace("−", "-")))
  expect(cosines.every(c => c <= 1 && c > 0), `cosines ${cosines}`)
  expect(cosines.every((c, i) => i === 0 || c <= cosines[i - 1]), "the neighbours are not sorted")
  expect(listed().every(button => name(button) !== word), "the word is its own neighbour")
  const nearest = listed().slice(0, 3).map(button => `${name(button)} ${button.lastChild.textContent}`)

  // Walk on by a click, and back.
  const next = name(listed()[0])
  listed()[0].click()
  await pause(700)
  expect(heading() === next, `a click on “${next}” shows “${heading()}”`)
  expect(document.querySelector("#trail button").textContent === word, "the trail lacks the way")
  const middle = screen(data.words.indexOf(next))
  expect(Math.abs(middle[0] - width / 2) < 1 && Math.abs(middle[1] - height / 2) < 1,
    `“${next}” is at ${middle.map(Math.round)} of a map of ${width} × ${height}`)
  history.back()
  await pause(700)
  expect(heading() === word, `back from “${next}” leads to “${heading()}”`)

  // Choose a suggestion by keys, and a word that is not there.
  await type(next.slice(0, 3))
  await press(input, "ArrowDown")
  await press(input, "Enter")
  expect(heading().includes(next.slice(0, 3)), `“${next.slice(0, 3)}…” led to “${heading()}”`)
  await type("zzzzq")
  await press(input, "Enter")
  expect(/not among/.test(document.getElementById("about").textContent), "no word about zzzzq")
  expect(listed().length === 5, "no words that are spelt like it")

  // Zoom about a dot, drag it, and click on it where it then is.
  const target = data.words.indexOf(word)
  document.querySelector('[data-zoom="0"]').click()
  await pause(50)
  let [x, y] = screen(target)
  canvas.dispatchEvent(new WheelEvent("wheel", {
    deltaY: -100, clientX: canvas.getBoundingClientRect().left + x,
    clientY: canvas.getBoundingClientRect().top + y, bubbles: true, cancelable: true }))
  for (let turn = 0; turn < 20; turn++) document.querySelector('[data-zoom="1.6"]').click()
  view.x = places[2 * target]
  view.y = places[2 * target + 1]
  ;[x, y] = screen(target)
  pointer("pointerdown", x, y)
  pointer("pointermove", x + 30, y + 20)
  pointer("pointerup", x + 30, y + 20)
  const [mx, my] = screen(target)
  expect(Math.abs(mx - x - 30) < 1 && Math.abs(my - y - 20) < 1, "a drag does not move the map")
  expect(heading() !== word, "a drag chose a word")
  pointer("pointermove", mx, my)
  expect(document.getElementById("hint").textContent === word, "no name at the pointer")
  pointer("pointerdown", mx, my)
  pointer("pointerup", mx, my)
  await pause(700)
  expect(heading() === word, `a click on the dot of “${word}” shows “${heading()}”`)

  // Two fingers.
  view.scale = 2
  const before = view.scale
  pointer("pointerdown", 100, 100, 1)
  pointer("pointerdown", 200, 100, 2)
  pointer("pointermove", 300, 100, 2)
  pointer("pointerup", 300, 100, 2)
  pointer("pointerup", 100, 100, 1)
  expect(view.scale > before * 1.5, "two fingers do not zoom")

  const page = document.documentElement
  expect(page.scrollWidth <= innerWidth, `${page.scrollWidth} px wide`)
  expect(page.scrollHeight <= innerHeight, `${page.scrollHeight} px high`)
  const map = canvas.getBoundingClientRect()
  expect(map.width > 300 && map.height > 300, `a map of ${map.width} × ${map.height} px`)

  const scheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"
  const verdict = faults.length ? faults.join("; ")
    : `ok ${scheme} ${innerWidth} px, ${data.words.length} words, ${word}: ${nearest.join(", ")}`
  parent.postMessage(verdict.replace(/</g, "("), "*")
})
