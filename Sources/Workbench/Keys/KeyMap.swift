public import Terminal

/// The ways to move through a list or a document; each has keys of its own to choose.
public enum Motion: String, CaseIterable, Sendable {
  case up, down, pageUp, pageDown, halfPageUp, halfPageDown, first, last

  /// The keys that everybody knows, the one that places answer first.
  var keys: [Key] {
    switch self {
    case .up: [.up, .character("k")]
    case .down: [.down, .character("j")]
    case .pageUp: [.pageUp]
    case .pageDown: [.pageDown]
    case .halfPageUp: [.control("u")]
    case .halfPageDown: [.control("d")]
    case .first: [.home, .character("g")]
    case .last: [.end, .character("G")]
    }
  }

  /// A sentence for the documentation.
  public var help: String {
    switch self {
    case .up: "Move up by one row."
    case .down: "Move down by one row."
    case .pageUp: "Move up by a page."
    case .pageDown: "Move down by a page."
    case .halfPageUp: "Move up by half a page."
    case .halfPageDown: "Move down by half a page."
    case .first: "Move to the beginning."
    case .last: "Move to the end."
    }
  }
}

/// The keys that a user has chosen instead of those that the program comes with.
public struct KeyMap: Hashable, Sendable {
  /// Other keys for an action or a motion, which has no others then.
  public struct Change: Hashable, Sendable {
    /// The name of an ``Action`` or a ``Motion``.
    public let name: String
    /// Its keys from now on, the one that is shown first.
    public let keys: [Key]

    /// Gives an action other keys.
    public init(_ name: String, keys: [Key]) {
      self.name = name
      self.keys = keys
    }
  }

  /// Two actions that would have the same key.
  public struct Clash: Hashable, Sendable {
    /// The key that both have.
    public let key: Key
    /// The names of both actions, the one first that was changed.
    public let names: [String]
    /// Where both work: `Trials, finding`.
    public let context: String
  }

  /// The keys that the program comes with.
  public static let standard = KeyMap([])

  private let changes: [String: [Key]]

  /// The standard keys with changes, the last of which holds where a name comes twice.
  public init(_ changes: [Change]) {
    self.changes = .init(changes.map { ($0.name, $0.keys) }) { $1 }
  }

  /// The bindings with the chosen keys.
  ///
  /// All bindings of an action become one. Where letters are input, a key that types or edits text
  /// is left out, and an action that would have none keeps those that it came with.
  func applied(to bindings: [Binding], takesText: Bool) -> [Binding] {
    if changes.isEmpty { return bindings }
    var seen: Set<String> = []
    return bindings.compactMap { binding in
      var binding = binding
      if binding.action == .move {
        binding.keys = moving(binding.keys, takesText: takesText)
        return binding
      }
      guard let chosen = allowed(changes[binding.action.name], takesText) else { return binding }
      binding.keys = chosen
      return seen.insert(binding.action.name).inserted ? binding : nil
    }
  }

  /// The name of the key that does something, for a sentence about it.
  ///
  /// - Parameter takesText: Whether it is to work where letters are input.
  func name(of action: Action, usually key: Key, takesText: Bool = true) -> String {
    self.key(of: action, usually: key, takesText: takesText).name
  }

  /// The key that does something, the one that is shown first.
  func key(of action: Action, usually key: Key, takesText: Bool) -> Key {
    changes.isEmpty ? key : allowed(changes[action.name], takesText)?.first ?? key
  }

  /// The keys of a motion.
  func keys(of motion: Motion) -> [Key] { changes[motion.rawValue] ?? motion.keys }

  private func allowed(_ keys: [Key]?, _ takesText: Bool) -> [Key]? {
    guard let keys else { return nil }
    let allowed = takesText ? keys.filter { !$0.editsText } : keys
    return allowed.isEmpty ? nil : allowed
  }

  private func moving(_ keys: [Key], takesText: Bool) -> [Key] {
    var result = keys
    for motion in Motion.allCases {
      guard let chosen = allowed(changes[motion.rawValue], takesText),
        let place = result.firstIndex(where: motion.keys.contains)
      else { continue }
      result.insert(contentsOf: chosen, at: place)
      result.removeAll { motion.keys.contains($0) && !chosen.contains($0) }
    }
    return result
  }

  /// The key that a place answers where a binding has been reached by a chosen one.
  func meaning(of key: Key, in binding: Binding) -> Key {
    guard binding.action == .move, !changes.isEmpty else { return key }
    let motion = Motion.allCases.first { changes[$0.rawValue]?.contains(key) ?? false }
    return motion?.keys.first ?? key
  }

  /// The names that can be given other keys, in the order of the documentation.
  public static func names(in contexts: [KeyContext]) -> [String] {
    var seen: Set<String> = []
    let actions = contexts.flatMap(\.bindings).filter { $0.action != .move }.map(\.action.name)
    return (Motion.allCases.map(\.rawValue) + actions).filter { seen.insert($0).inserted }
  }

  /// The first two actions that would have the same key somewhere; `nil` where there are none.
  public func clash(in contexts: [KeyContext]) -> Clash? {
    for context in contexts {
      var owners: [Key: String] = [:]
      for binding in applied(to: context.bindings, takesText: context.takesText) {
        for key in binding.keys {
          let name = self.name(of: binding, reachedBy: key)
          guard let other = owners.updateValue(name, forKey: key), other != name else { continue }
          let names = changes[name]?.contains(key) == true ? [name, other] : [other, name]
          return Clash(key: key, names: names, context: context.title)
        }
      }
    }
    return nil
  }

  private func name(of binding: Binding, reachedBy key: Key) -> String {
    guard binding.action == .move else { return binding.action.name }
    let meaning = meaning(of: key, in: binding)
    return Motion.allCases.first { $0.keys.contains(meaning) }?.rawValue ?? binding.action.name
  }
}

extension Key {
  /// Whether it types or edits text where letters are input.
  var editsText: Bool {
    switch self {
    case .character, .backspace, .delete, .left, .right, .home, .end, .controlLeft, .controlRight:
      true
    default: false
    }
  }
}
