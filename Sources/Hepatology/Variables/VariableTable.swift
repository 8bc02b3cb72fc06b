import Quantities

/// A table of variables, in the order of the form.
///
/// Whatever reads names, orders values or draws a form is handed one, so that a site's own variables
/// are rows like any other.
public struct VariableTable: Sendable {
  private final class Storage: Sendable {
    let all: [Variable]
    let positions: [Variable.ID: Int]

    init(_ all: [Variable], _ positions: [Variable.ID: Int]) {
      self.all = all
      self.positions = positions
    }
  }

  private let storage: Storage

  /// The variables that Lobule brings, group by group.
  public static let builtIn = VariableTable(inOrder: Variable.declared, after: [])

  /// The variables that Lobule brings and those of a site, each at the end of its group.
  ///
  /// - Throws: ``TakenID`` where an id is declared twice.
  public init(adding own: [Variable]) throws(TakenID) {
    var ids = Set(Variable.declared.map(\.id))
    for variable in own where !ids.insert(variable.id).inserted {
      throw TakenID(id: variable.id)
    }
    self.init(inOrder: Variable.declared, after: own)
  }

  private init(inOrder declared: [Variable], after own: [Variable]) {
    let groups = Dictionary(grouping: declared + own, by: \.group)
    let all = Variable.Group.allCases.flatMap { groups[$0] ?? [] }
    let positions = Dictionary(
      all.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    storage = Storage(all, positions)
  }

  /// An id that two declarations claim.
  public struct TakenID: Error, Hashable, Sendable, CustomStringConvertible {
    /// The id.
    public let id: Variable.ID

    /// The sentence for a person.
    public var description: String { "'\(id)' is declared twice" }
  }

  /// Every variable, in the order of the form.
  public var all: [Variable] { storage.all }

  /// The variable of an id; `nil` where there is none.
  public subscript(id: Variable.ID) -> Variable? { storage.positions[id].map { storage.all[$0] } }

  /// The place of a variable in ``all``; `nil` where it is of another table.
  public func position(of variable: Variable) -> Int? { storage.positions[variable.id] }

  /// These variables in the order of the form; those of another table are left out.
  public func inOrder(_ variables: some Sequence<Variable>) -> [Variable] {
    Set(variables.compactMap { storage.positions[$0.id] }).sorted().map { storage.all[$0] }
  }

  /// The ids nearest to a word that is none, best first, at most three.
  public func near(_ word: String) -> [Variable.ID] {
    nearestNames(to: word, among: all.map(\.id))
  }

  /// The one variable that a person calls so: by its id, else by its label, its short label or a
  /// synonym, whatever the case; `nil` where none is called so, or more than one.
  public func named(_ name: String) -> Variable? {
    let wanted = name.lowercased()
    if let variable = all.first(where: { $0.id.lowercased() == wanted }) { return variable }
    let found = all.filter { variable in
      ([variable.label, variable.short] + variable.synonyms).contains { $0.lowercased() == wanted }
    }
    return found.count == 1 ? found[0] : nil
  }
}

extension VariableTable: Hashable {
  /// Two tables are the same where they hold the same variables.
  public static func == (left: VariableTable, right: VariableTable) -> Bool {
    left.storage === right.storage || left.all == right.all
  }

  /// Hashes the number of variables.
  public func hash(into hasher: inout Hasher) { hasher.combine(all.count) }
}
