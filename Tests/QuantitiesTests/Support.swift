import Foundation
import Quantities
import TestSupport
import Testing

typealias Unit = Quantities.Unit

/// A row of a file in `Tests/Fixtures/units`.
struct UnitRow: CustomTestStringConvertible {
  let fields: [String]
  var testDescription: String { fields.joined(separator: " | ") }

  /// A unit, another one, and how many of the other make one; without another, a part of the reason
  /// why it is none.
  static let codes = rows("codes")
  /// A text and what it means; with a second code, what else it could mean; without, nothing.
  static let spellings = rows("spellings")

  private static func rows(_ name: String) -> [UnitRow] {
    (try? Fixtures.table("units/\(name).csv").dropFirst().map(UnitRow.init)) ?? []
  }
}
