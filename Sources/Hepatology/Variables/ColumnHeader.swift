public import Quantities

/// The head of a column that holds a variable: `totalBilirubin[umol/L]`, `sex`.
public struct ColumnHeader: Hashable, Sendable {
  /// The variable.
  public let variable: Variable
  /// The unit that holds where a cell has none.
  public let unit: Unit?

  /// Reads a head.
  ///
  /// - Parameters:
  ///   - text: The head.
  ///   - table: The variables that there are.
  /// - Throws: `FieldError` for an id that is none, with those that are near, and for a unit that the
  ///   variable does not take.
  public init(_ text: String, in table: VariableTable) throws(FieldError) {
    let name = text.prefix { $0 != "[" }.filter { !$0.isWhitespace }
    guard let variable = table[name] else {
      let near = table.near(name)
      throw FieldError(
        "'\(name)' is not a variable"
          + (near.isEmpty ? "" : "; did you mean \(near.joined(separator: " or "))?"))
    }
    self.variable = variable
    guard let open = text.firstIndex(of: "[") else {
      unit = nil
      return
    }
    guard let last = text.lastIndex(of: "]"), last > open,
      text[text.index(after: last)...].allSatisfy(\.isWhitespace)
    else { throw FieldError("the bracket behind \(name) is not closed") }
    guard let measure = variable.measure else { throw FieldError("\(name) has no unit") }
    let code = String(text[text.index(after: open)..<last])
    let unit: Unit
    do {
      unit = try Unit(
        spelling: code, measuring: measure.canonical, as: measure.substances)
    } catch {
      throw FieldError("\(name): \(error)")
    }
    do {
      _ = try unit.scale(to: measure.canonical, as: measure.substances)
    } catch {
      throw FieldError("\(name): \(error)")
    }
    self.unit = unit
  }

  /// The head of a column in the canonical unit of a variable.
  public static func text(for variable: Variable) -> String {
    guard let unit = variable.measure?.canonical, unit != .one else { return variable.id }
    return "\(variable.id)[\(unit.code)]"
  }
}
