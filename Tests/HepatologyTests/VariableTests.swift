import Testing

@testable import Hepatology
@testable import Quantities

struct VariableTests {
  @Test func idsAreUniqueAndPlain() {
    let ids = VariableTable.builtIn.all.map(\.id)
    #expect(Set(ids).count == ids.count)
    for id in ids {
      #expect(
        id.utf8.allSatisfy { byte in byte < 128 } && id.allSatisfy { $0.isLetter || $0.isNumber })
      #expect(id.first?.isLowercase ?? false, "\(id)")
      #expect(VariableTable.builtIn[id]?.id == id)
    }
    #expect(VariableTable.builtIn[""] == nil)
    #expect(
      VariableTable.builtIn.near("bilirubin").isEmpty == false
        || VariableTable.builtIn["bilirubin"] == nil)
  }

  @Test(arguments: VariableTable.builtIn.all)
  func saysWhatItIs(_ variable: Variable) {
    #expect(!variable.label.isEmpty && variable.label.count <= 32, "\(variable.label)")
    #expect(!variable.short.isEmpty)
    #expect(variable.question.hasSuffix("."), "\(variable.question)")
    #expect(!variable.expects.isEmpty)
  }

  @Test(arguments: VariableTable.builtIn.all.filter { $0.measure != nil })
  func rangesAreNested(_ variable: Variable) throws {
    let measure = try #require(variable.measure)
    #expect(measure.accepted.contains(measure.plausible.lowerBound))
    #expect(measure.accepted.contains(measure.plausible.upperBound))
    #expect(measure.accepted.contains(measure.typical.lowerBound))
    #expect(measure.accepted.contains(measure.typical.upperBound))
    if let reference = measure.reference {
      #expect(measure.plausible.contains(reference.lowerBound), "\(variable.id)")
      #expect(measure.plausible.contains(reference.upperBound), "\(variable.id)")
    }
  }

  @Test(arguments: VariableTable.builtIn.all.filter { $0.measure != nil })
  func unitsConvertBackAndForth(_ variable: Variable) throws {
    let measure = try #require(variable.measure)
    #expect(!measure.units.isEmpty)
    #expect(Set(measure.units).count == measure.units.count)
    for unit in measure.units {
      for end in [measure.plausible.lowerBound, measure.plausible.upperBound] {
        let there = try Quantity(end, measure.canonical).converted(to: unit, as: measure.substances)
        let back = try measure.canonical(there)
        #expect(abs(back.double - end.double) <= 1e-6 * max(1, abs(end.double)), "\(variable.id)")
        // What is written is read again.
        #expect(variable.read("\(there)").value == .quantity(there, .exact), "\(variable.id)")
      }
    }
  }

  @Test(arguments: VariableTable.builtIn.all.filter { $0.measure != nil })
  func hardLimitsHold(_ variable: Variable) throws {
    let measure = try #require(variable.measure)
    let step: FixedDecimal = 0.001
    let (low, high) = (measure.accepted.lowerBound, measure.accepted.upperBound)
    #expect(variable.read("\(low)", in: measure.canonical).value != nil)
    #expect(variable.read("\(high)", in: measure.canonical).value != nil)
    #expect(variable.read("\(low.minus(step)!)", in: measure.canonical).value == nil)
    #expect(variable.read("\(high.plus(step)!)", in: measure.canonical).value == nil)
  }

  @Test(arguments: VariableTable.builtIn.all)
  func everyAnswerIsRead(_ variable: Variable) {
    switch variable.kind {
    case .choice(let choices, _), .choices(let choices):
      #expect(choices.count >= 2)
      #expect(Set(choices.map(\.id)).count == choices.count)
      for choice in choices {
        #expect(variable.read(choice.id).value != nil, "\(variable.id) \(choice.id)")
        #expect(variable.read(choice.label).value != nil, "\(variable.id) \(choice.label)")
      }
    case .yesNo:
      #expect(variable.read("yes").value == .yesNo(true))
    case .event:
      #expect(variable.read("never").value == .event(.never))
    case .quantity: break
    }
  }

  @Test func codesBelongToOneVariable() {
    let codes = VariableTable.builtIn.all.flatMap(\.codes.loinc)
    #expect(Set(codes).count == codes.count)
    for code in codes {
      #expect(code.contains("-") && code.allSatisfy { $0.isNumber || $0 == "-" }, "\(code)")
    }
  }
}
