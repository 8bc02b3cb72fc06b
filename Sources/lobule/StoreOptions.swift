import ArgumentParser
import Clinic
import Glibc
import Quantities

/// Where patients are kept, and who writes to them.
struct StoreOptions: ParsableArguments {
  @Option(
    name: .customLong("store"),
    help: ArgumentHelp(
      "The file that patients are kept in; :memory: for one that is gone with the program.",
      discussion: "Without it lobule/lobule.sqlite in $XDG_DATA_HOME or ~/.local/share."))
  var path: String?

  @Option(help: "Who enters what is entered; the name of the account where none is given.")
  var author: String?

  /// What was said.
  var place: StorePlace { StorePlace(path: path, author: author) }

  /// The store, to write to.
  func open() throws -> Store {
    try open(.write)
  }

  /// The store, to read from; `nil`, with a word about it, where there is none yet.
  func openToRead() throws -> Store? {
    if case .file(let path) = try place.location(), access(path, F_OK) != 0, errno == ENOENT {
      Output.complain(["there is no store at \(path) yet: lobule patients new makes one"])
      return nil
    }
    do {
      // A store of an older form is brought up to date where that is possible.
      return try open(.write)
    } catch .readOnly {
      return try open(.read)
    }
  }

  private func open(_ access: Store.Access) throws(StoreError) -> Store {
    let location: Store.Location
    do {
      location = try place.location()
    } catch {
      throw .refused("\((error as? BadInput)?.lines.first ?? "there is no place for a store")")
    }
    let store = try Store.open(
      location, access: access, author: place.writer, variables: Site.variables)
    Output.complain(store.remarks)
    return store
  }
}

/// Where patients are kept, and who writes to them, as far as anything was said of it.
struct StorePlace {
  var path: String?
  var author: String?

  /// Where the store lies.
  ///
  /// - Throws: ``BadInput`` where no place can be found for it.
  func location() throws -> Store.Location {
    if let path {
      guard !path.isEmpty else { throw BadInput("--store takes the path of a file, or :memory:") }
      return path == ":memory:" ? .memory : .file(path)
    }
    if let data = Self.environment("XDG_DATA_HOME"), data.hasPrefix("/") {
      return .file(data + "/lobule/lobule.sqlite")
    }
    if let home = Self.environment("HOME") {
      return .file(home + "/.local/share/lobule/lobule.sqlite")
    }
    throw BadInput("neither XDG_DATA_HOME nor HOME is set; say --store FILE")
  }

  /// Where the store lies; in memory, and why patients are not kept, where no place can be found.
  var found: (location: Store.Location, unkept: String?) {
    do {
      return (try location(), nil)
    } catch {
      return (.memory, (error as? BadInput)?.lines.first ?? "\(error)")
    }
  }

  /// Who writes: the one who is named, else the account.
  var writer: String {
    author ?? Self.environment("LOBULE_AUTHOR") ?? Self.environment("LOGNAME")
      ?? Self.environment("USER") ?? "account \(getuid())"
  }

  private static func environment(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }
}

extension Store {
  /// A store that is gone with the program.
  static func inMemory() throws(StoreError) -> Store {
    try open(.memory, author: "nobody", variables: Site.variables)
  }
}

/// Runs a job on patients; what goes wrong with them or their store is wrong input, said in words.
func withStoreErrors<Result>(_ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch let error as StoreError {
    throw BadInput("\(error)")
  } catch let error as ImportError {
    throw BadInput("\(error)")
  }
}

/// Files that a command writes.
enum OutputFile {
  /// Writes to a file for this account alone, that must not be there yet; to standard output where
  /// no path is given.
  static func write(to path: String?, _ body: ((String) throws -> Void) throws -> Void) throws {
    guard let path else {
      try body { Output.data($0) }
      return
    }
    let file = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw BadInput("'\(path)' cannot be made: \(String(cString: strerror(errno)))")
    }
    defer { close(file) }
    do {
      try fill(file, path, body)
    } catch {
      // Half a file would pass for a whole one.
      unlink(path)
      throw error
    }
  }

  private static func fill(
    _ file: Int32, _ path: String, _ body: ((String) throws -> Void) throws -> Void
  ) throws {
    try body { text in
      var bytes = Array(text.utf8)[...]
      while !bytes.isEmpty {
        let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else {
          throw BadInput("'\(path)' cannot be written: \(String(cString: strerror(errno)))")
        }
        bytes = bytes.dropFirst(count)
      }
    }
    guard fsync(file) == 0 || errno == EINVAL else {
      throw BadInput("'\(path)' cannot be written: \(String(cString: strerror(errno)))")
    }
  }
}

/// A code as the command line takes it.
struct CodeArgument: ExpressibleByArgument {
  let text: String

  init?(argument: String) {
    text = argument
  }

  var code: PatientCode {
    get throws { try withStoreErrors { try PatientCode(text) } }
  }
}
