import Terminal
import Trials
extension TrialRecord {
  func details(width: Int) -> Document { var d = Document(width: width); d.heading(id); return d }
}
