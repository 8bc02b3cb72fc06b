import Clinic
import Foundation
import Quantities

/// Measures the store of patients as it grows: `ClinicBenchmark [PATIENTS…]`, 100 to 100,000 where
/// none is given.
///
/// Each store is filled by an import, ten visits a patient, in a folder that is gone afterwards. What
/// a person waits for is measured on a store that was opened anew.
let sizes = CommandLine.arguments.dropFirst().compactMap { Int($0) }
var table = Table()
do {
  for size in sizes.isEmpty ? [100, 1000, 10_000, 100_000] : Array(sizes) {
    let ward = try Ward(patients: size)
    table.add(try ward.measured(), of: size)
  }
} catch {
  FileHandle.standardError.write(Data("bench: \(error)\n".utf8))
  exit(1)
}
print(table.text)
if !table.isKept { exit(1) }
