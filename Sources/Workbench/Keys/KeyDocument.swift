public import Terminal

/// The keys of the app as documentation tells of them, made from the bindings.
public enum KeyDocument {
  /// The keys of one state.
  public struct Section: Sendable {
    /// Where they work: `Trials, finding`.
    public let title: String
    /// The keys, in the order of the key line.
    public let rows: [Row]
  }

  /// One action and its keys.
  public struct Row: Hashable, Sendable {
    /// The keys, the one first that the key line shows.
    public let keys: [Key]
    /// What they do.
    public let help: String
    /// The name by which the configuration gives the action other keys.
    public let name: String

    /// The names of the keys, apart by blanks.
    public var keyNames: String { keys.map(\.name).joined(separator: " ") }
  }

  /// What works everywhere, how lists are moved through, and then what each state has of its own.
  ///
  /// - Parameters:
  ///   - contexts: The states of the app.
  ///   - map: The keys that the user has chosen.
  public static func sections(_ contexts: [KeyContext], _ map: KeyMap = .standard) -> [Section] {
    let usual = map.applied(
      to: Binding.everywhere(inField: false, place: .trials), takesText: false)
    let moving = Motion.allCases.map { motion in
      Row(
        keys: map.keys(of: motion), help: motion.help, name: motion.rawValue)
    }
    let everywhere = Section(title: "Everywhere", rows: usual.map(row))
    let lists = Section(title: "Lists and texts", rows: moving)
    var seen: [Substring: Set<Row>] = [:]
    return [everywhere, lists]
      + contexts.map { context in
        let bindings = map.applied(to: context.bindings, takesText: context.takesText)
        let own = bindings.filter { binding in
          binding.action != .move
            && !usual.contains {
              $0.action == binding.action && Set($0.keys).isSuperset(of: binding.keys)
            }
        }
        // What an earlier state of the same place has too is told there.
        let place = context.title.prefix { $0 != "," }
        let rows = own.map(row).filter { seen[place, default: []].insert($0).inserted }
        return Section(title: context.title, rows: rows)
      }.filter { !$0.rows.isEmpty }
  }

  private static func row(_ binding: Binding) -> Row {
    Row(keys: binding.keys, help: binding.help, name: binding.action.name)
  }

  /// The whole text in Markdown, as `docs/keys.md` holds it.
  public static var markdown: String {
    var text = """
      # Keys

      The bottom line of the app shows the keys that work here and now; `?` (in a field `F1`) shows \
      all of them, and `:` (everywhere `Ctrl-p`) finds a command by a part of what it does and runs \
      it. This page is made from the same records.

      Each action can be given other keys by its name: see [configuration.md](configuration.md). \
      Where letters are input, in a field or while finding, a letter is typed and no command; Enter, \
      Tab, arrows, function keys and Ctrl work there.

      """
    for section in sections(KeyContext.all()) {
      text += "\n## \(section.title)\n\n| Keys | What they do | Name |\n|---|---|---|\n"
      for row in section.rows {
        let keys = row.keys.map { key in
          key.name == "|" ? "`\\|`" : "`\(key.name)`"
        }
        text +=
          "| \(keys.isEmpty ? "–" : keys.joined(separator: " ")) | \(row.help) | `\(row.name)` |\n"
      }
    }
    return text
  }
}
