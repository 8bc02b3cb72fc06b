/// The words nearest to a misspelt one, best first, at most three, within a third of its length.
public func nearestNames(to word: String, among words: [String]) -> [String] {
  let wanted = word.lowercased()
  let limit = max(2, wanted.count / 3)
  return
    words
    .map { (name: $0, distance: distance(wanted, to: $0)) }
    .filter { $0.distance <= limit || $0.name.lowercased().hasPrefix(wanted) }
    .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
    .prefix(3).map(\.name)
}

/// The distance to a name, or, one more, to its last words: `bilirubin` of `totalBilirubin`.
private func distance(_ wanted: String, to name: String) -> Int {
  var best = editDistance(wanted, name.lowercased())
  for index in name.indices.dropFirst() where name[index].isUppercase {
    best = min(best, editDistance(wanted, name[index...].lowercased()) + 1)
  }
  return best
}

/// The number of letters to insert, delete, replace or swap that makes one word the other.
private func editDistance(_ a: String, _ b: String) -> Int {
  let (a, b) = (Array(a.unicodeScalars.prefix(64)), Array(b.unicodeScalars.prefix(64)))
  guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
  var older = [Int]()
  var last = Array(0...b.count)
  for i in 1...a.count {
    var row = [i]
    for j in 1...b.count {
      var best = min(row[j - 1] + 1, last[j] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        best = min(best, older[j - 2] + 1)
      }
      row.append(best)
    }
    (older, last) = (last, row)
  }
  return last[b.count]
}
