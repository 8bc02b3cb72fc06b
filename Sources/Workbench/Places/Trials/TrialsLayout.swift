import Assessment
import Terminal
import Trials

/// Where things stand in the place of the trials.
struct TrialsLayout {
  let area: Rect
  let list: Rect
  let details: Rect
  /// Where the rows of the list stand, below the names of its columns.
  var rows: Rect { list.inset(by: 1).split(top: 1).1 }
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
