import Assessment
import Terminal
import Trials

/// Where things stand in the place of the trials.
struct TrialsLayout {
  let area: Rect
  let list: Rect
  let details: Rect
  /// Where the details are written.
  var text: Rect { details.inset(by: 1).split(left: 1).1.split(right: 1).1 }

  init(_ area: Rect, count: Int) {
    self.area = area
    if area.width >= 150 {
      (list, details) = area.split(left: area.width * 48 / 100)
    } else {
      (list, details) = area.split(top: min(max(count, 3) + 3, max(6, area.height * 2 / 5)))
    }
  }
}

/// The columns of the list; phase and status fall away where it is narrow.
struct TrialColumns {
  let id: Int
  let verdict: Int
  let title: Int
  let titleWidth: Int
  let phase: Int
  let status: Int
  let statusWidth: Int
  let end: Int

  init(_ rect: Rect) {
    id = rect.x
    verdict = rect.x + 13
    title = verdict + 12
    end = rect.right
    let room = rect.right - title - 5
    statusWidth = room >= 74 ? 34 : room >= 46 ? 16 : 0
    let phaseWidth = room >= 30 ? 8 : 0
    status = end - 5 - statusWidth
    phase = status - phaseWidth
    titleWidth = max(8, min(60, phase - title - 1))
  }

  /// The verdict for the patient; nothing where there is no patient.
  func draw(_ value: Verdict?, y: Int, on canvas: inout Canvas) {
    guard let value else { return }
    canvas.put(value.short, x: verdict, y: y, Style(value.role, bold: true))
  }

  func draw(_ trial: TrialRecord, y: Int, on canvas: inout Canvas, marking find: Finder?) {
    func put(_ text: String, x: Int, width: Int) {
      let clip = Rect(x: x, y: y, width: width, height: 1)
      canvas.put(text.clipped(toColumns: width), x: x, y: y, .plain, clip: clip, marking: find)
    }
    put(trial.id, x: id, width: 12)
    put(trial.shortTitle, x: title, width: titleWidth)
    if phase < status { canvas.put(trial.phaseLabel, x: phase, y: y) }
    if statusWidth > 0 {
      // Half a date is none.
      let word = trial.currentStatus?.value.label ?? trial.statusText
      put(statusWidth < 20 ? word : trial.statusText, x: status, width: statusWidth - 1)
    }
    canvas.put(trial.design.enrollment.map { "\($0)" } ?? "–", endingAt: end, y: y)
  }
}
