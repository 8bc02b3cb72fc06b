public import Foundation
import Synchronization
public import Testing

/// Test data that others publish and that are not part of the repository: they lie in the folder
/// that the environment variable `LOBULE_SHARED` names, or in `shared` beside the repository.
///
/// Tests of them are left out where they are absent, and one line at the end of the run says so.
public struct Corpus: Sendable {
  /// The cases of the CQL test suite (https://github.com/cqframework/cql-tests).
  public static let cql = Corpus("CQL suite", "cql-tests.json")
  /// The functional tests of UCUM (https://github.com/ucum-org/ucum).
  public static let ucum = Corpus("UCUM suite", "ucum-functional-tests.xml")
  /// Bundles of FHIR resources, as programs of others write them.
  public static let fhir = Corpus("FHIR bundles", "fhir")

  /// Why a test of one that is absent does not run.
  public static let absent: Comment = "a public corpus is not beside the project"

  /// The file or the folder.
  public let url: URL
  /// Whether it is there.
  public let isPresent: Bool

  private init(_ name: String, _ path: String) {
    let folder =
      ProcessInfo.processInfo.environment["LOBULE_SHARED"].map { URL(filePath: $0) }
      ?? Repository.url("../shared")
    url = folder.appending(path: "corpus/" + path)
    isPresent = FileManager.default.fileExists(atPath: url.path)
    if !isPresent { LeftOut.note(name) }
  }
}

/// What a run leaves out, said when it ends.
private enum LeftOut {
  private static let names = Mutex<[String]>([])
  private static let process = getpid()

  static func note(_ name: String) {
    let isFirst = names.withLock { names in
      names.append(name)
      return names.count == 1
    }
    guard isFirst, process == getpid() else { return }
    atexit {
      // A copy of the process, made by a test, has nothing to say.
      guard LeftOut.process == getpid() else { return }
      // After all that the tests have said.
      fflush(nil)
      let names = LeftOut.names.withLock { $0.sorted().joined(separator: ", ") }
      FileHandle.standardError.write(
        Data("Left out, since the public corpora are not beside the project: \(names)\n".utf8))
    }
  }
}
