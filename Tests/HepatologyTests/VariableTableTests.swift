import Testing

@testable import Hepatology
@testable import Quantities

struct VariableTableTests {
  private static let haemoglobin = Variable(
    id: "siteHaemoglobin", label: "Haemoglobin", short: "Hb", group: .blood,
    kind: .quantity(Measure(units: [.gramsPerLitre], accepted: 10...250)),
    question: "Haemoglobin.", synonyms: ["haemoglobin concentration"])

  /// What a person would measure by: the four columns of the document are compared there, and this
  /// holds what a slip in them would break first.
  @Test func limitsAndCodesAreThoseOfTheField() throws {
    let lactate = try #require(Variable.lactate.measure)
    #expect(lactate.accepted == 0.1...40)
    #expect(Variable.platelets.codes.loinc.contains("777-3"))
    #expect(Variable.platelets.codes.loinc.contains("778-1"))
    #expect(Variable.ammonia.measure?.plausible.upperBound == 300)
    #expect(Variable.bodyWeight.freshFor == nil)
    #expect(Variable.symptomNausea.freshFor == 2)
  }

  @Test func conventionalUnitsAreThoseOfTheUnitedStates() {
    let units = VariableTable.builtIn.all.compactMap { variable in
      variable.measure.map { (variable, $0) }
    }
    for (variable, measure) in units {
      #expect(measure.units.contains(measure.conventional), "\(variable.id)")
      // A laboratory that reports a mass a decilitre or a count a microlitre does so throughout.
      let customary = measure.units.first {
        ["mg/dL{BUN}", "mg/dL", "ug/dL", "g/dL", "mg/dL/d", "10*3/uL", "meq/L"].contains($0.code)
      }
      if variable == .urea {
        #expect(measure.conventional.code == "mg/dL{BUN}")
      } else if let customary {
        #expect(measure.conventional == customary, "\(variable.id)")
      }
    }
  }

  @Test func theOrderIsThatOfTheGroups() {
    let groups = VariableTable.builtIn.all.map(\.group)
    let order = Variable.Group.allCases
    #expect(groups == groups.sorted { order.firstIndex(of: $0)! < order.firstIndex(of: $1)! })
    #expect(Set(groups).count == order.count)
  }

  @Test func everyDeclarationIsInTheTable() throws {
    // The plugin lists what is declared; what it listed twice or left out would show here.
    #expect(VariableTable.builtIn.all.count == Variable.declared.count)
    #expect(Set(Variable.declared.map(\.id)).count == Variable.declared.count)
    for variable in Variable.declared { #expect(VariableTable.builtIn[variable.id] == variable) }
  }

  @Test func ownVariablesStandInTheirGroup() throws {
    let table = try VariableTable(adding: [Self.haemoglobin])
    #expect(table.all.count == VariableTable.builtIn.all.count + 1)
    #expect(table["siteHaemoglobin"] == Self.haemoglobin)
    let blood = table.all.filter { $0.group == .blood }
    #expect(blood.last == Self.haemoglobin)
    #expect(table.inOrder([Self.haemoglobin, .inr, .age]) == [.age, Self.haemoglobin, .inr])
    #expect(table.named("HB") == Self.haemoglobin)
    #expect(VariableTable.builtIn.inOrder([Self.haemoglobin]) == [])
  }

  @Test func anIDIsTakenOnce() {
    let own = Variable(
      id: "inr", label: "Another INR", group: .clotting, kind: .yesNo, question: "?")
    let error = #expect(throws: VariableTable.TakenID.self) { try VariableTable(adding: [own]) }
    #expect(error?.description == "'inr' is declared twice")
    #expect(throws: VariableTable.TakenID.self) {
      try VariableTable(adding: [Self.haemoglobin, Self.haemoglobin])
    }
  }

  @Test(arguments: [
    ("bilirubin", "totalBilirubin"), ("TBIL", "totalBilirubin"), ("Thrombocytes", "platelets"),
    ("dialysis", "renalReplacement"), ("MAP", "meanArterialPressure"), ("inr", "inr"),
    ("west haven grade", "encephalopathyGrade"),
  ])
  func isFoundByWhatPeopleCallIt(_ name: String, _ id: String) {
    #expect(VariableTable.builtIn.named(name)?.id == id)
  }

  @Test func whatTwoAreCalledNamesNeither() {
    // Systolic pressure to a nurse, bacterial peritonitis to a hepatologist.
    #expect(VariableTable.builtIn.named("SBP") == nil)
    #expect(VariableTable.builtIn.named("") == nil)
  }
}
