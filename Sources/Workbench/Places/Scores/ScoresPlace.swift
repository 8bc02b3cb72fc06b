import Hepatology
import Terminal

/// All scores, and the working of the chosen one.
struct ScoresPlace: Sendable {
  private(set) var list = ListScroll()
  private(set) var scroll = Scroll()
  /// Whether keys move through the working instead of the list.
  private(set) var isReading = false
  private var variants: [Score.ID: Int] = [:]

  /// The scores of a patient, each in its chosen form.
  func results(for patient: Patient) -> [ScoreResult] {
    Score.all.map { $0.result(for: patient, variant: variant(of: $0).id) }
  }

  private func variant(of score: Score) -> Score.Variant {
    score.variants[(variants[score.id] ?? 0) % score.variants.count]
  }

  var chosen: Score { Score.all[min(list.selection, Score.all.count - 1)] }

  /// Takes the next published form of the score, and says which.
  mutating func nextVariant() -> String {
    variants[chosen.id, default: 0] += 1
    scroll.reset()
    let variant = variant(of: chosen)
    return "\(chosen.name), \(variant.id): \(variant.meaning)"
  }

  mutating func move(_ key: Key, layout: ScoresLayout) {
    if isReading {
      scroll.handle(key, height: layout.text.height)
    } else if list.handle(key) {
      scroll.reset()
    }
  }

  mutating func read(_ reads: Bool) { isReading = reads }

  mutating func fit(_ layout: ScoresLayout, patient: Patient) {
    list.fit(count: Score.all.count, height: layout.list.inset(by: 1).height)
    let inner = layout.text
    let result = chosen.result(for: patient, variant: variant(of: chosen).id)
    let rows = result.working(width: inner.width, full: true).rows.count
    scroll.fit(rows: rows, height: inner.height)
  }

  func draw(on canvas: inout Canvas, in area: Rect, patient: Patient) {
    let layout = ScoresLayout(area)
    let results = results(for: patient)
    canvas.box(layout.list, title: "Scores", focused: !isReading)
    let inner = layout.list.inset(by: 1)
    for (offset, result) in results[list.visible].enumerated() {
      let row = Rect(x: inner.x, y: inner.y + offset, width: inner.width, height: 1)
      result.drawRow(on: &canvas, in: row.split(left: 2).1, nameWidth: 17)
      if list.offset + offset == list.selection {
        canvas.put("▸", x: row.x, y: row.y, Style(.accent, bold: true))
        canvas.restyle(row) {
          $0.reverse = !isReading; $0.bold = true
        }
      }
    }
    canvas.position(list.visible, of: results.count, in: layout.list)

    let result = results[min(list.selection, results.count - 1)]
    canvas.box(layout.working, title: result.score.title, focused: isReading)
    let text = layout.text
    let document = result.working(width: text.width, full: true)
    document.draw(on: &canvas, in: text, from: scroll.offset)
    let end = min(scroll.offset + text.height, document.rows.count)
    canvas.position(scroll.offset..<end, of: document.rows.count, in: layout.working)
  }
}

/// Where things stand in the place of the scores.
struct ScoresLayout {
  let list: Rect
  let working: Rect
  /// Where the working is written.
  var text: Rect { working.inset(by: 1).split(left: 1).1 }

  init(_ area: Rect) {
    if area.width >= 110 {
      (list, working) = area.split(left: min(64, area.width * 42 / 100))
    } else {
      (list, working) = area.split(top: min(Score.all.count + 2, max(5, area.height * 2 / 5)))
    }
  }
}
