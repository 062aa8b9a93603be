// What the page to look around in does. The chosen word stands behind the `#` of the address, so that
// the browser's way back works and a word can be linked to.

"use strict"
const byId = id => document.getElementById(id)
const data = JSON.parse(byId("data").textContent)
const numbers = (text, type) => new type(Uint8Array.from(atob(text), c => c.charCodeAt(0)).buffer)
const words = data.words
const count = words.length
const d = data.dimension
const vectors = numbers(data.vectors, Int16Array)
const places = Float64Array.from(numbers(data.places, Uint16Array), n => n / 65535)
const index = new Map(words.map((word, i) => [word, i]))
const shown = 20

// MARK: Neighbours

const lengths = Float64Array.from({ length: count }, (_, i) => {
  let sum = 0
  for (let k = i * d; k < (i + 1) * d; k++) sum += vectors[k] * vectors[k]
  return Math.sqrt(sum) || 1
})

const neighbours = word => {
  const cosines = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    let sum = 0
    for (let k = 0; k < d; k++) sum += vectors[word * d + k] * vectors[i * d + k]
    cosines[i] = sum / (lengths[word] * lengths[i])
  }
  return Array.from(cosines.keys()).filter(i => i !== word)
    .sort((a, b) => cosines[b] - cosines[a] || a - b).slice(0, shown)
    .map(i => ({ word: i, cosine: cosines[i] }))
}

// MARK: The map

const canvas = document.querySelector("canvas")
const ink = canvas.getContext("2d")
let [width, height] = [0, 0]
let view = { scale: 1, x: 0.5, y: 0.5 }  // the map's point in the middle, and its enlargement
let chosen = -1
let near = []

const side = () => 0.94 * Math.min(width, height) * view.scale
const screen = i => [
  (places[2 * i] - view.x) * side() + width / 2, (places[2 * i + 1] - view.y) * side() + height / 2]

const draw = () => {
  const style = getComputedStyle(document.documentElement)
  const colour = name => style.getPropertyValue(name).trim()
  const [paper, text, quiet] = [colour("--paper"), colour("--ink"), colour("--quiet")]
  const [dot, accent] = [colour("--dot"), colour("--accent")]
  const ratio = devicePixelRatio || 1
  ink.setTransform(ratio, 0, 0, ratio, 0, 0)
  ink.clearRect(0, 0, width, height)

  const size = Math.min(4, 1.3 + 0.5 * Math.sqrt(view.scale))
  ink.fillStyle = dot
  ink.globalAlpha = chosen < 0 ? 0.6 : 0.35
  const visible = []
  for (let i = 0; i < count; i++) {
    const [x, y] = screen(i)
    if (x < -40 || y < -20 || x > width + 40 || y > height + 20) continue
    visible.push(i)
    ink.beginPath()
    ink.arc(x, y, i < 200 ? size * 1.4 : size, 0, 7)
    ink.fill()
  }
  ink.globalAlpha = 1

  if (chosen >= 0) {
    const [x, y] = screen(chosen)
    ink.strokeStyle = accent
    ink.lineWidth = 1
    for (const { word, cosine } of near) {
      const [nx, ny] = screen(word)
      ink.globalAlpha = Math.max(0.15, Math.min(1, cosine))
      ink.beginPath()
      ink.moveTo(x, y)
      ink.lineTo(nx, ny)
      ink.stroke()
    }
    ink.globalAlpha = 1
    ink.fillStyle = accent
    for (const i of [chosen, ...near.map(n => n.word)]) {
      ink.beginPath()
      ink.arc(...screen(i), i === chosen ? size + 3 : size + 1.5, 0, 7)
      ink.fill()
    }
  }

  // Labels: the chosen word and its neighbours first, then frequent words, where there is room.
  const taken = []
  const label = (i, fill, font) => {
    const [x, y] = screen(i)
    ink.font = font
    const w = ink.measureText(words[i]).width
    for (const [dx, dy] of [[size + 4, 5], [-size - 4 - w, 5], [-w / 2, -size - 5], [-w / 2, size + 16]]) {
      const box = [x + dx - 2, y + dy - 13, x + dx + w + 2, y + dy + 4]
      if (taken.some(t => t[0] < box[2] && box[0] < t[2] && t[1] < box[3] && box[1] < t[3])) continue
      if (box[0] < 0 || box[2] > width || box[1] < 0 || box[3] > height) continue
      taken.push(box)
      ink.strokeStyle = paper
      ink.lineWidth = 4
      ink.lineJoin = "round"
      ink.strokeText(words[i], x + dx, y + dy)
      ink.fillStyle = fill
      ink.fillText(words[i], x + dx, y + dy)
      return
    }
  }
  if (chosen >= 0) {
    label(chosen, accent, "700 16px system-ui, sans-serif")
    for (const { word } of near) label(word, text, "600 14px system-ui, sans-serif")
  }
  const room = Math.round(width * height / 5000)
  const named = new Set([chosen, ...near.map(n => n.word)])
  for (const i of visible.slice(0, 2500)) {
    if (taken.length >= room) break
    if (!named.has(i)) label(i, chosen < 0 ? text : quiet, "13px system-ui, sans-serif")
  }
}

let asked = false
const redraw = () => {
  if (asked) return
  asked = true
  requestAnimationFrame(() => { asked = false; draw() })
}

const resize = () => {
  const box = canvas.parentElement.getBoundingClientRect()
  ;[width, height] = [box.width, box.height]
  canvas.width = width * (devicePixelRatio || 1)
  canvas.height = height * (devicePixelRatio || 1)
  redraw()
}

const zoom = (factor, x = width / 2, y = height / 2) => {
  if (!factor) view = { scale: 1, x: 0.5, y: 0.5 }
  else {
    const scale = Math.max(0.7, Math.min(200, view.scale * factor))
    const [px, py] = [(x - width / 2) / side() + view.x, (y - height / 2) / side() + view.y]
    view.scale = scale
    view.x = px - (x - width / 2) / side()
    view.y = py - (y - height / 2) / side()
  }
  redraw()
}

const move = (dx, dy) => {
  view.x -= dx / side()
  view.y -= dy / side()
  redraw()
}

/// Moves the map so that the chosen word and most of its neighbours are seen.
const frame = () => {
  const far = near.map(n => Math.hypot(places[2 * n.word] - places[2 * chosen],
    places[2 * n.word + 1] - places[2 * chosen + 1])).sort((a, b) => a - b)
  const reach = far[Math.floor(far.length * 0.7)] || 0.05
  const to = { scale: Math.max(1, Math.min(100, 0.38 / reach)), x: places[2 * chosen],
    y: places[2 * chosen + 1] }
  if (trail.length < 2 || matchMedia("(prefers-reduced-motion: reduce)").matches) {
    moving = null
    view = to
    return redraw()
  }
  const [from, start] = [{ ...view }, performance.now()]
  const step = () => {
    if (moving !== step) return
    const t = Math.min(1, (performance.now() - start) / 350)
    const eased = t * t * (3 - 2 * t)
    view = { scale: from.scale * (to.scale / from.scale) ** eased,
      x: from.x + (to.x - from.x) * eased, y: from.y + (to.y - from.y) * eased }
    draw()
    if (t < 1) setTimeout(step, 16)
  }
  moving = step
  step()
}
let moving = null  // the motion that goes on; a hand on the map ends it

const dotAt = (x, y) => {
  let [best, least] = [-1, 14 * 14]
  for (let i = 0; i < count; i++) {
    const [px, py] = screen(i)
    const far = (px - x) ** 2 + (py - y) ** 2
    if (far < least) [best, least] = [i, far]
  }
  return best
}

const pointers = new Map()
let pressed = null  // where a press began; null once it has become a drag
canvas.addEventListener("pointerdown", event => {
  moving = null
  pointers.set(event.pointerId, [event.offsetX, event.offsetY])
  pressed = pointers.size === 1 ? [event.offsetX, event.offsetY] : null
  try { canvas.setPointerCapture(event.pointerId) } catch { }
})
canvas.addEventListener("pointermove", event => {
  const [x, y] = [event.offsetX, event.offsetY]
  const before = pointers.get(event.pointerId)
  if (!before) return hint(dotAt(x, y))
  if (pointers.size === 2) {
    const other = [...pointers].find(([id]) => id !== event.pointerId)[1]
    const spread = p => Math.hypot(p[0] - other[0], p[1] - other[1])
    zoom(spread([x, y]) / Math.max(1, spread(before)), (x + other[0]) / 2, (y + other[1]) / 2)
    move((x - before[0]) / 2, (y - before[1]) / 2)
  } else if (!pressed || Math.hypot(x - pressed[0], y - pressed[1]) > 4) {
    move(x - before[0], y - before[1])
    pressed = null
    hint(-1)
  } else return
  pointers.set(event.pointerId, [x, y])
})
canvas.addEventListener("pointerup", event => {
  pointers.delete(event.pointerId)
  if (!pressed) return
  const word = dotAt(...pressed)
  pressed = null
  if (word >= 0) go(word)
})
canvas.addEventListener("pointercancel", event => pointers.delete(event.pointerId))
canvas.addEventListener("pointerleave", () => hint(-1))
canvas.addEventListener("wheel", event => {
  event.preventDefault()
  moving = null
  zoom(Math.exp(-Math.max(-100, Math.min(100, event.deltaY)) / 250), event.offsetX, event.offsetY)
}, { passive: false })
canvas.addEventListener("keydown", event => {
  const way = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }
  if (way[event.key]) move(...way[event.key])
  else if (event.key === "+" || event.key === "=") zoom(1.4)
  else if (event.key === "-") zoom(1 / 1.4)
  else if (event.key === "0") zoom(0)
  else return
  event.preventDefault()
})
for (const button of document.querySelectorAll("#zoom button"))
  button.addEventListener("click", () => { moving = null; zoom(Number(button.dataset.zoom)) })

const hint = word => {
  const box = byId("hint")
  box.hidden = word < 0
  if (word < 0) return
  box.textContent = words[word]
  const [x, y] = screen(word)
  box.style.left = `${Math.max(0, Math.min(x + 10, width - box.offsetWidth - 4))}px`
  box.style.top = `${Math.max(0, y - 34)}px`
}

// MARK: The word

let trail = []

const element = (tag, text, parent) => {
  const made = document.createElement(tag)
  made.textContent = text
  parent.append(made)
  return made
}

const wordButton = (word, parent) => {
  const button = element("button", words[word], parent)
  button.type = "button"
  button.addEventListener("click", () => go(word))
  return button
}

const thousands = n => n.toLocaleString("en")

const showWord = () => {
  for (const id of ["trail", "neighbours"]) byId(id).replaceChildren()
  byId("word").textContent = chosen < 0 ? "" : words[chosen]
  if (chosen < 0) {
    near = []
    byId("about").textContent =
      "Each dot is a word; words that stand in like company lie together. Type one above, or " +
      "click a dot, and walk on from neighbour to neighbour. For a start:"
    words.map((_, i) => i).filter(i => /^\p{L}{5,}$/u.test(words[i])).slice(0, 8)
      .forEach(i => wordButton(i, element("li", "", byId("neighbours"))))
    return redraw()
  }
  near = neighbours(chosen)
  byId("about").textContent =
    `number ${thousands(chosen + 1)} of ${thousands(data.all)} words; its nearest, by cosine:`
  for (const { word, cosine } of near) {
    const button = wordButton(word, element("li", "", byId("neighbours")))
    element("b", cosine.toFixed(3).replace("-", "−"), button)
    button.style.setProperty("--length", `${Math.max(0, 100 * cosine)}%`)
  }
  const at = trail.lastIndexOf(chosen)
  trail = at >= 0 ? trail.slice(0, at) : trail
  for (const word of trail.slice(-4)) {
    wordButton(word, byId("trail"))
    byId("trail").append(" → ")
  }
  trail.push(chosen)
  byId("panel").scrollTop = 0
  frame()
}

const go = word => {
  location.hash = encodeURIComponent(words[word])
  query.value = ""
  close()
}

const follow = () => {
  let name = location.hash.slice(1)
  try { name = decodeURIComponent(name) } catch { }
  chosen = index.has(name) ? index.get(name) : -1
  if (chosen < 0) trail = []
  showWord()
  if (chosen < 0 && name) missing(name)
}
addEventListener("hashchange", follow)

/// Says that a word is not here, with those that are spelt most like it.
const missing = name => {
  byId("about").textContent = `“${name}” is not among the ${thousands(count)} words. Spelt like it:`
  byId("neighbours").replaceChildren()
  for (const word of alike(name)) wordButton(word, element("li", "", byId("neighbours")))
}

const alike = name => {
  const distance = word => {
    let row = Array.from({ length: name.length + 1 }, (_, k) => k)
    for (let i = 1; i <= word.length; i++) {
      const next = [i]
      for (let k = 1; k <= name.length; k++)
        next[k] = Math.min(row[k] + 1, next[k - 1] + 1, row[k - 1] + (word[i - 1] !== name[k - 1]))
      row = next
    }
    return row[name.length]
  }
  return words.map((word, i) => [distance(word), i])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, 5).map(pair => pair[1])
}

// MARK: Search

const query = byId("query")
const list = byId("suggestions")
let found = []
let marked = -1

const close = () => {
  list.hidden = true
  found = []
  marked = -1
  query.setAttribute("aria-expanded", "false")
  query.removeAttribute("aria-activedescendant")
}

const suggest = () => {
  const text = query.value.trim().toLowerCase()
  const lower = words.map(word => word.toLowerCase())
  const where = test => Array.from(words.keys()).filter(i => test(lower[i]))
  found = text ? [...where(w => w === text), ...where(w => w !== text && w.startsWith(text)),
    ...where(w => !w.startsWith(text) && w.includes(text))].slice(0, 8) : []
  marked = -1
  list.replaceChildren()
  found.forEach((word, at) => {
    const item = element("li", words[word], list)
    item.id = `suggestion-${at}`
    item.setAttribute("role", "option")
    item.addEventListener("pointerdown", event => event.preventDefault())
    item.addEventListener("click", () => go(word))
  })
  list.hidden = !found.length
  query.setAttribute("aria-expanded", String(found.length > 0))
}

const mark = at => {
  marked = (at + found.length) % found.length
  Array.from(list.children).forEach((item, i) =>
    item.setAttribute("aria-selected", String(i === marked)))
  query.setAttribute("aria-activedescendant", `suggestion-${marked}`)
}

query.addEventListener("input", suggest)
query.addEventListener("blur", () => setTimeout(close, 150))
query.addEventListener("keydown", event => {
  if (event.key === "Escape") close()
  if (!found.length || !["ArrowDown", "ArrowUp"].includes(event.key)) return
  event.preventDefault()
  mark(event.key === "ArrowDown" ? marked + 1 : (marked < 0 ? 0 : marked) - 1)
})
byId("search").addEventListener("submit", event => {
  event.preventDefault()
  const name = query.value.trim()
  if (!name) return
  const exact = index.has(name) ? index.get(name) : index.get(name.toLowerCase())
  const word = marked >= 0 ? found[marked] : exact ?? found[0]
  if (word !== undefined) go(word)
  else { location.hash = encodeURIComponent(name); close() }
})
byId("random").addEventListener("click", () => go(Math.floor(Math.random() * count)))

// MARK: Beginning

byId("title").textContent = data.title
byId("foot").textContent = (count < data.all
  ? `The first ${thousands(count)} of ${thousands(data.all)} words` : `${thousands(count)} words`) +
  `, ${d} numbers each. The map keeps who is near to whom, not how far all others are.`
new ResizeObserver(resize).observe(canvas.parentElement)
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw)
resize()
follow()
