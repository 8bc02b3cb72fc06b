import Assessment
import Configuration
import Glibc
import Hepatology
import Quantities

/// The files that the program keeps for its user, after the XDG Base Directory Specification.
enum UserFiles {
  /// Where the configuration is looked for; `nil` where the environment names no home.
  static var configuration: String? {
    path("config.yaml", in: "XDG_CONFIG_HOME", or: ".config")
  }

  /// Where the favourites are remembered that were chosen in the app.
  static var favourites: String? { path("favourites", in: "XDG_STATE_HOME", or: ".local/state") }

  /// Where a copied text goes where the terminal has no clipboard.
  static var copied: String? { path("copied.txt", in: "XDG_STATE_HOME", or: ".local/state") }

  private static func path(_ name: String, in variable: String, or folder: String) -> String? {
    if let base = environment(variable), base.hasPrefix("/") { return "\(base)/lobule/\(name)" }
    return environment("HOME").map { "\($0)/\(folder)/lobule/\(name)" }
  }

  private static func environment(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }

  /// The path as a person reads it: `~/.config/…`.
  static func shown(_ path: String) -> String {
    guard let home = environment("HOME"), path.hasPrefix(home + "/") else { return path }
    return "~" + path.dropFirst(home.count)
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Replaces a file as a whole, for this account alone; says why that was not possible.
  static func write(_ text: String, to path: String) -> String? {
    func failure() -> String { String(cString: strerror(errno)) }
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
      folder += "/\(part)"
      if mkdir(folder, 0o700) != 0, errno != EEXIST, access(folder, F_OK) != 0 { return failure() }
    }
    let draft = "\(path).\(getpid())"
    let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { return failure() }
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        defer { unlink(draft) }
        defer { close(file) }
        return failure()
      }
      bytes = bytes.dropFirst(count)
    }
    close(file)
    guard rename(draft, path) == 0 else {
      defer { unlink(draft) }
      return failure()
    }
    return nil
  }
}

/// What this installation knows.
enum Site {
  /// The variables that a patient is described by.
  static var variables: VariableTable { .builtIn }
  /// The names that criteria may use.
  static var vocabulary: PatientVocabulary { .builtIn }
}

extension Configuration {
  /// What the user's file says; what cannot be read is reported in ``Configuration/problems``.
  static func ofUser() -> Configuration {
    guard let path = UserFiles.configuration, UserFiles.exists(path) else {
      return Self(variables: Site.variables)
    }
    do {
      let bytes = try Folder.bytes(of: path)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        return Self(problem: "the file is not UTF-8 text", in: path)
      }
      return Self(yaml: text, file: path, variables: Site.variables)
    } catch {
      return Self(problem: (error as? BadInput)?.lines.first ?? "it cannot be read", in: path)
    }
  }

  private init(problem: String, in path: String) {
    self.init(variables: Site.variables)
    problems = [ConfigurationProblem(file: path, line: 1, column: 1, message: problem)]
  }
}

/// The favourites that were chosen in the app, which stand until the configuration names others.
enum RememberedFavourites {
  /// The favourites in place of those that the configuration names.
  static func read(configured: [Score]) -> [Score] {
    guard let path = UserFiles.favourites, UserFiles.exists(path),
      let bytes = try? Folder.bytes(of: path)
    else { return configured }
    var lists: [Substring: [Score]] = [:]
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      guard let name = words.first else { continue }
      lists[name] = words.dropFirst().compactMap { Score.find(String($0)) }
    }
    guard let chosen = lists["chosen:"], !chosen.isEmpty,
      lists["configured:"]?.map(\.id) == configured.map(\.id)
    else { return configured }
    return chosen
  }

  /// Remembers them; says why that was not possible.
  static func write(_ chosen: [Score.ID], configured: [Score]) -> String? {
    guard let path = UserFiles.favourites else { return "neither XDG_STATE_HOME nor HOME is set" }
    let text = """
      # The favourite scores as chosen in Lobule; they stand until config.yaml names others.
      configured: \(configured.map(\.id).joined(separator: " "))
      chosen: \(chosen.joined(separator: " "))

      """
    return UserFiles.write(text, to: path)
  }
}
