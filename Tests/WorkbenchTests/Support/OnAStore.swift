import Clinic
import Hepatology
import Quantities
import Synchronization
import Terminal
import TestSupport
import Testing

@testable import Workbench

/// Tests of patients on a store of their own.
protocol OnAStore {
  var store: Store { get }
}

extension OnAStore {
  /// An empty store whose clock goes on by a second each time.
  static func made(by author: String) throws -> Store {
    let time = Mutex<Int64>(1_795_240_800_000)
    return try Store.open(.memory, author: author, variables: .builtIn) {
      time.withLock {
        $0 += 1000
        return Timestamp(milliseconds: $0)
      }
    }
  }

  func value(_ id: String, _ text: String) throws -> Input {
    .value(try #require(VariableTable.builtIn[id]), text)
  }

  /// The patient of the README, on 16 November.
  @discardableResult func admit(_ code: String = "P-0007") throws -> PatientCode {
    let values = [
      ("age", "52"), ("sex", "female"), ("totalBilirubin", "214 umol/L"), ("albumin", "31 g/L"),
      ("creatinine", "88 umol/L"), ("urea", "6.1 mmol/L"), ("sodium", "131 mmol/L"),
      ("renalReplacement", "no"), ("neutrophils", "4.5"), ("inr", "2.1"),
      ("encephalopathyGrade", "1"), ("ascites", "mild"),
    ]
    let receipt = try store.admit(
      PatientCode(code), on: day("2026-11-16"),
      with: try values.map { try value($0.0, $0.1) })
    return receipt.record.code
  }

  func record(_ code: String) throws -> PatientRecord {
    try store.record(of: PatientCode(code))
  }

  func values(_ code: String, visit: Int = 1) throws -> [String: String] {
    let measured = try #require(try record(code).visit(visit)).measured
    return Dictionary(uniqueKeysWithValues: measured.map { ($0.variable.id, $0.typed) })
  }

  /// The app with the patient of the README open.
  func opened(_ size: Size = .small) throws -> Desk {
    let desk = Desk(size, store: store)
    return desk.press("5", "/").type("7").press("Enter", "Enter")
  }
}
