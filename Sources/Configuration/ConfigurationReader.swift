public import Hepatology
import Quantities
import Terminal
public import Workbench
import Yams

extension Configuration {
  /// Reads a configuration file.
  ///
  /// Whatever is wrong is reported with its place in ``problems``, and the rest holds.
  ///
  /// - Parameters:
  ///   - text: What stands in the file.
  ///   - file: Its name, for messages.
  ///   - variables: The variables that there are.
  ///   - contexts: The states of the app, against which keys are checked.
  public init(
    yaml text: String, file: String, variables: VariableTable,
    contexts: () -> [KeyContext] = { KeyContext.usual }
  ) {
    self.init(variables: variables)
    var reader = ConfigurationReader(file: file, variables: variables)
    reader.read(text, into: &self, contexts: contexts)
    problems = reader.problems
  }
}

/// Takes the entries of a file one by one.
private struct ConfigurationReader {
  let file: String
  let variables: VariableTable
  var problems: [ConfigurationProblem] = []

  private mutating func report(_ node: Node?, _ message: String) {
    report(node?.mark, message)
  }

  private mutating func report(_ mark: Mark?, _ message: String) {
    problems.append(
      ConfigurationProblem(
        file: file, line: mark?.line ?? 1, column: mark?.column ?? 1, message: message))
  }

  // MARK: The file

  mutating func read(
    _ text: String, into configuration: inout Configuration, contexts: () -> [KeyContext]
  ) {
    // Without aliases no text can be made to stand for more than its length.
    let parser: Parser
    let root: Node?
    do {
      parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
      root = try parser.singleRoot()
    } catch {
      report(error)
      return
    }
    withExtendedLifetime(parser) {
      guard let root, !isNothing(root) else { return }
      guard let entries = root.mapping else {
        report(root, "a configuration is a list of entries such as 'theme: light'")
        return
      }
      for (key, value) in entries {
        guard let name = key.string, let entry = Configuration.Entry(rawValue: name) else {
          let name = key.string ?? ""
          report(
            key,
            "'\(name)' is no entry"
              + hint(name, among: Configuration.Entry.allCases.map(\.rawValue), "the entries are"))
          continue
        }
        read(entry, value, into: &configuration, contexts: contexts)
      }
    }
  }

  private mutating func report(_ error: any Error) {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      report(mark, "this is not YAML: \(problem); nothing of the file holds")
    case .duplicatedKeysInMapping(let names, let context):
      report(
        context.mark,
        "'\(names.first ?? "")' is given twice; keep one of them; nothing of the file holds")
    default: report(Mark?.none, "this is not YAML; nothing of the file holds")
    }
  }

  private func isNothing(_ node: Node) -> Bool {
    node.scalar.map { $0.string.isEmpty && $0.style == .plain || $0.string == "null" } ?? false
  }

  private func hint(_ word: String, among names: [String], _ otherwise: String) -> String {
    let near = nearestNames(to: word, among: names).map { "'\($0)'" }
    if !near.isEmpty { return "; did you mean \(near.joined(separator: " or "))?" }
    return names.count > 12 ? "" : "; \(otherwise) \(names.joined(separator: ", "))"
  }

  private mutating func read(
    _ entry: Configuration.Entry, _ node: Node, into configuration: inout Configuration,
    contexts: () -> [KeyContext]
  ) {
    switch entry {
    case .theme:
      if let theme: ThemeChoice = word(node, "theme") { configuration.theme = theme }
    case .ascii: if let flag = flag(node, entry) { configuration.ascii = flag }
    case .mouse: if let flag = flag(node, entry) { configuration.mouse = flag }
    case .units: units(node, into: &configuration)
    case .dates:
      if let dates: DayFormat = word(node, "form of dates") { configuration.dates = dates }
    case .limits: limits(node, into: &configuration)
    case .favourites: favourites(node, into: &configuration)
    case .keys: keys(node, into: &configuration, contexts: contexts)
    }
  }

  private mutating func flag(_ node: Node, _ entry: Configuration.Entry) -> Bool? {
    switch node.string {
    case "true": return true
    case "false": return false
    default:
      report(node, "'\(entry.rawValue)' is true or false")
      return nil
    }
  }

  /// One of a few words.
  private mutating func word<Word: RawRepresentable<String> & CaseIterable>(
    _ node: Node, _ what: String
  ) -> Word? {
    guard let text = node.string else {
      report(node, "'\(what)' is one word")
      return nil
    }
    if let word = Word(rawValue: text) { return word }
    let names = Word.allCases.map(\.rawValue)
    report(node, "'\(text)' is no \(what)" + hint(text, among: names, "there are"))
    return nil
  }

  // MARK: Units

  private mutating func units(_ node: Node, into configuration: inout Configuration) {
    if node.string != nil {
      if let system: UnitSystem = word(node, "custom of units") { configuration.system = system }
      return
    }
    guard let entries = node.mapping else {
      report(node, "'units' is SI, conventional, or variables with their units")
      return
    }
    for (key, value) in entries {
      if key.string == "all" {
        if let system: UnitSystem = word(value, "custom of units") {
          configuration.system = system
        }
        continue
      }
      guard let (variable, measure) = quantity(key),
        let unit = unit(value.string ?? "", of: variable, measure, at: value)
      else { continue }
      configuration.units[variable] = unit
    }
  }

  /// The variable that a key names, which must be a quantity.
  private mutating func quantity(_ key: Node) -> (Variable, Measure)? {
    let id = key.string ?? ""
    guard let variable = variables[id] else {
      report(
        key, "'\(id)' is no variable" + hint(id, among: variables.all.map(\.id), "there are"))
      return nil
    }
    guard let measure = variable.measure else {
      report(key, "\(id) is no quantity and has no unit")
      return nil
    }
    return (variable, measure)
  }

  private mutating func unit(
    _ text: String, of variable: Variable, _ measure: Measure, at node: Node
  ) -> Quantities.Unit? {
    if let unit = Self.unit(text, among: measure.units) { return unit }
    let codes = measure.units.map { "'\($0.code)'" }.joined(separator: ", ")
    report(node, "'\(text)' is no unit of \(variable.id); it takes \(codes)")
    return nil
  }

  // MARK: Limits

  private mutating func limits(_ node: Node, into configuration: inout Configuration) {
    if isNothing(node) { return }
    guard let entries = node.mapping else {
      report(node, "'limits' is a list of variables such as 'totalBilirubin: 5 to 600 umol/L'")
      return
    }
    for (key, value) in entries {
      guard let (variable, measure) = quantity(key) else { continue }
      let words = (value.string ?? "").split(separator: " ", maxSplits: 3).map(String.init)
      let form =
        "write the least and the greatest number and the unit, as in '\(variable.id): "
        + "\(measure.plausible.lowerBound) to \(measure.plausible.upperBound) \(measure.canonical.code)'"
      guard words.count >= 3, words[1] == "to", let low = FixedDecimal(words[0]),
        let high = FixedDecimal(words[2]), low < high
      else {
        report(value, "'\(value.string ?? "")' are no limits; \(form)")
        continue
      }
      let isPure = words.count == 3 && measure.units.contains(.one)
      if words.count == 3, !isPure {
        report(value, "'\(value.string ?? "")' has no unit; \(form)")
        continue
      }
      guard let unit = isPure ? .one : unit(words[3], of: variable, measure, at: value) else {
        continue
      }
      let ends = [low, high].map { try? measure.canonical(Quantity($0, unit)) }
      guard let first = ends[0], let last = ends[1], measure.accepted.contains(first),
        measure.accepted.contains(last)
      else {
        report(
          value,
          "limits of \(variable.id) lie within \(measure.accepted.lowerBound) to "
            + "\(measure.accepted.upperBound) \(measure.canonical.code), outside of which is refused"
        )
        continue
      }
      configuration.limits[variable] = SiteLimits.Limit(low...high, unit)
    }
  }

  /// A unit by its code, by its symbol, or by a usual spelling.
  private static func unit(_ text: String, among units: [Quantities.Unit]) -> Quantities.Unit? {
    if let exact = units.first(where: { $0.code == text || $0.symbol == text }) { return exact }
    guard let read = try? Quantities.Unit(spelling: text) else { return nil }
    return units.first { $0.code == read.code }
  }

  // MARK: Favourites

  private mutating func favourites(_ node: Node, into configuration: inout Configuration) {
    let items = node.sequence.map { Array($0) } ?? (node.string != nil ? [node] : [])
    var chosen: [Score] = []
    for item in items {
      let id = item.string ?? ""
      guard let score = Score.find(id) else {
        report(item, "'\(id)' is no score" + hint(id, among: Score.all.map(\.id), "there are"))
        continue
      }
      if chosen.contains(where: { $0.id == id }) {
        report(item, "'\(id)' is among the favourites already")
        continue
      }
      chosen.append(score)
    }
    if chosen.isEmpty {
      if items.isEmpty { report(node, "'favourites' names one score at least") }
      return
    }
    configuration.favourites = chosen
  }

  // MARK: Keys

  private mutating func keys(
    _ node: Node, into configuration: inout Configuration, contexts: () -> [KeyContext]
  ) {
    if isNothing(node) { return }
    guard let entries = node.mapping else {
      report(node, "'keys' is a list of actions with their keys, such as 'sort: o'")
      return
    }
    if entries.isEmpty { return }
    let contexts = contexts()
    let names = KeyMap.names(in: contexts)
    var changes: [(change: KeyMap.Change, place: Node)] = []
    for (key, value) in entries {
      let name = key.string ?? ""
      guard names.contains(name) else {
        report(key, "'\(name)' is no action" + hint(name, among: names, "there are"))
        continue
      }
      let items = value.sequence.map { Array($0) } ?? (isNothing(value) ? [] : [value])
      var keys: [Key] = []
      for item in items {
        let text = item.string ?? ""
        if let key = Key(text) {
          keys.append(key)
        } else {
          report(
            item,
            "'\(text)' is no key; keys are written as g, Ctrl-u, F5, Shift-Tab, PgUp or Space")
        }
      }
      if items.isEmpty { report(value, "'\(name)' needs a key") }
      if !keys.isEmpty { changes.append((KeyMap.Change(name, keys: keys), key)) }
    }
    // The last of those that clash gives way, until none is left.
    while let clash = KeyMap(changes.map(\.change)).clash(in: contexts),
      let index = changes.lastIndex(where: { clash.names.contains($0.change.name) })
    {
      let (change, place) = changes.remove(at: index)
      let other = clash.names.first { $0 != change.name } ?? ""
      report(
        place,
        "\(clash.key.name) would do both '\(change.name)' and '\(other)' (\(clash.context)); "
          + "give one of them another key")
    }
    configuration.keys = changes.map(\.change)
  }
}
