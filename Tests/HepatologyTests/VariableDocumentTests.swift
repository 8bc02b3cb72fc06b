import TestSupport
import Testing

@testable import Hepatology

/// The ranges, units, codes and names of all variables, as they were last looked at: whatever of a
/// declaration changes, changes this document.
struct VariableDocumentTests {
  @Test func documentIsFresh() {
    RecordedText("docs/variables.md").expect(VariableDocument.markdown(of: .builtIn))
  }

  @Test func saysEverythingOfEveryVariable() {
    let text = VariableDocument.markdown(of: .builtIn)
    for variable in VariableTable.builtIn.all {
      #expect(text.contains("**`\(variable.id)`** \(variable.label)"))
      for name in variable.synonyms + variable.codes.loinc + variable.codes.snomed
        + variable.codes.icd10
      {
        #expect(text.contains(name), "\(variable.id): \(name)")
      }
    }
  }
}
