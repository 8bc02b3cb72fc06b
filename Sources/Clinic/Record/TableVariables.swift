import Hepatology

extension Variable {
  /// The id of the answer that a text means, however much of it was typed; the text itself where it
  /// means none.
  func answer(_ typed: String) -> String {
    if case .choice(let id) = read(typed).value { id } else { typed }
  }
}
