import Quantities

/// Reads the plain numbers and words of a row fast; everything else is left to ``CellReader``.
///
/// All that it knows lies in arrays of plain numbers: nothing is counted or copied for each cell.
struct FastCells: Sendable {
  private var cells: [Cell] = []
  private var targets: [Target] = []
  private var words: [Word] = []
  private var letters: [UInt8] = []
  private var codes: [Double] = []

  /// What is done with a cell of a row.
  struct Cell: Sendable {
    let kind: Kind
    /// The place among the readers or among the columns that are carried over.
    let index: Int
    /// For a number: within it, in steps of 10⁻⁸, it is taken.
    var accepted: ClosedRange<Int64> = 0...0
    /// For a number: within it, it needs no second look.
    var ordinary: ClosedRange<Int64> = 0...0
    var isWhole = false
    fileprivate var targets = 0..<0
    fileprivate var words = 0..<0

    init(kind: Kind, index: Int) {
      self.kind = kind
      self.index = index
    }

    enum Kind: Sendable {
      case skip, keep, number, word
      /// To be read by the reader alone.
      case other
    }
  }

  /// Where a number goes.
  fileprivate struct Target: Sendable {
    let column: Int
    /// The factor to the unit of the column; used where the units differ.
    let factor: StepScale
    let isScaled: Bool
  }

  /// A word that is read fast.
  fileprivate struct Word: Sendable {
    let letters: Range<Int>
    /// The first of its codes, one for each target.
    let codes: Int
  }

  /// What became of a cell.
  enum Outcome {
    case empty
    case taken
    /// Taken, and outside of what is ordinary.
    case odd
    /// To be read by the reader.
    case unread
  }

  mutating func addSkipped() { cells.append(Cell(kind: .skip, index: 0)) }

  mutating func addKept(_ index: Int) { cells.append(Cell(kind: .keep, index: index)) }

  mutating func add(_ reader: CellReader, _ index: Int) {
    let firstTarget = targets.count
    for target in reader.targets {
      targets.append(
        Target(
          column: target.place, factor: target.factor ?? .one, isScaled: target.factor != nil))
    }
    var cell = Cell(
      kind: reader.numbers != nil ? .number : reader.words.isEmpty ? .other : .word, index: index)
    cell.targets = firstTarget..<targets.count
    if let numbers = reader.numbers {
      cell.accepted = numbers.accepted
      cell.ordinary = numbers.ordinary
      cell.isWhole = numbers.isWhole
    }
    let firstWord = words.count
    for (text, values) in reader.words {
      words.append(
        Word(letters: letters.count..<letters.count + text.utf8.count, codes: codes.count))
      letters += text.utf8
      codes += values
    }
    cell.words = firstWord..<words.count
    cells.append(cell)
  }

  /// Runs with everything where it lies.
  func withView<Result>(separator: UInt8, _ body: (View) -> Result) -> Result {
    cells.withUnsafeBufferPointer { cells in
      targets.withUnsafeBufferPointer { targets in
        words.withUnsafeBufferPointer { words in
          letters.withUnsafeBufferPointer { letters in
            codes.withUnsafeBufferPointer { codes in
              body(
                View(
                  separator: separator, cells: cells, targets: targets, words: words,
                  letters: letters, codes: codes))
            }
          }
        }
      }
    }
  }

  /// The same where it lies.
  struct View {
    let separator: UInt8
    let cells: UnsafeBufferPointer<Cell>
    fileprivate let targets: UnsafeBufferPointer<Target>
    fileprivate let words: UnsafeBufferPointer<Word>
    fileprivate let letters: UnsafeBufferPointer<UInt8>
    fileprivate let codes: UnsafeBufferPointer<Double>

    /// Whether a cell ends at a place.
    @inline(__always)
    func isEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Bool {
      guard place < bytes.count else { return true }
      let byte = bytes[place]
      return byte == separator || byte == 0x0A || byte == 0x0D
    }

    /// Reads a cell, and goes behind it where it is not left unread.
    ///
    /// - Parameter steps: Becomes the number, in steps of 10⁻⁸.
    @inline(__always)
    func read(
      _ cell: Cell, _ bytes: UnsafeBufferPointer<UInt8>, _ place: inout Int,
      to numbers: UnsafeMutableBufferPointer<Double>, row: Int, capacity: Int,
      steps: inout Int64
    ) -> Outcome {
      switch cell.kind {
      case .number:
        return number(cell, bytes, &place, numbers, row, capacity, &steps)
      case .word: return word(cell, bytes, &place, numbers, row, capacity)
      case .skip, .keep, .other: return .unread
      }
    }

    @inline(__always)
    private func number(
      _ cell: Cell, _ bytes: UnsafeBufferPointer<UInt8>, _ place: inout Int,
      _ numbers: UnsafeMutableBufferPointer<Double>, _ row: Int, _ capacity: Int,
      _ steps: inout Int64
    ) -> Outcome {
      let start = place
      var at = start
      var value: Int64 = 0
      var point = -1
      while at < bytes.count {
        let byte = bytes[at]
        let digit = byte &- 0x30
        if digit < 10 {
          value = value &* 10 &+ Int64(digit)
        } else if byte == 0x2E, point < 0 {
          point = at
        } else {
          break
        }
        at += 1
      }
      guard isEnd(bytes, at) else { return .unread }
      if at == start { return .empty }
      let (length, decimals) = (at - start, point < 0 ? 0 : at - point - 1)
      // Ten digits before the point leave room for eight behind it in 64 bits.
      guard length - decimals <= 10, decimals <= 8, length > (point < 0 ? 0 : 1) else {
        return .unread
      }
      steps = value &* Self.power(8 - decimals)
      guard cell.accepted.contains(steps), !cell.isWhole || decimals == 0 else { return .unread }
      for index in cell.targets {
        let target = targets[index]
        let number: Double
        if target.isScaled {
          guard let converted = target.factor.applied(to: steps) else { return .unread }
          // Six places, as the bedside takes a number of another unit.
          number = Double((converted &+ 50) / 100) / 1e6
        } else {
          number = Double(steps) / 1e8
        }
        numbers[target.column &* capacity &+ row] = number
      }
      place = at
      return cell.ordinary.contains(steps) ? .taken : .odd
    }

    @inline(__always)
    private static func power(_ exponent: Int) -> Int64 {
      switch exponent {
      case 0: 1
      case 1: 10
      case 2: 100
      case 3: 1000
      case 4: 10_000
      case 5: 100_000
      case 6: 1_000_000
      case 7: 10_000_000
      default: 100_000_000
      }
    }

    @inline(__always)
    private func word(
      _ cell: Cell, _ bytes: UnsafeBufferPointer<UInt8>, _ place: inout Int,
      _ numbers: UnsafeMutableBufferPointer<Double>, _ row: Int, _ capacity: Int
    ) -> Outcome {
      var end = place
      while !isEnd(bytes, end) { end += 1 }
      if end == place { return .empty }
      words: for index in cell.words {
        let word = words[index]
        guard word.letters.count == end - place else { continue }
        for offset in 0..<word.letters.count
        where bytes[place + offset] != letters[word.letters.lowerBound + offset] { continue words }
        for (offset, target) in cell.targets.enumerated() {
          numbers[targets[target].column &* capacity &+ row] = codes[word.codes + offset]
        }
        place = end
        return .taken
      }
      return .unread
    }
  }
}
