import CLanes
import Glibc
import Testing

/// The arithmetic on many numbers at once, in every width that this processor has.
@Suite struct LanesTests {
  private let widths = (0..<4).compactMap { lanes_available($0)?.pointee }

  @Test("There is always a width, and every one answers as the C library does")
  func logarithms() {
    #expect(!widths.isEmpty)
    // Around every power of two and between, from the least to the greatest that is asked for, in a
    // number that leaves a rest for each width.
    var numbers = (-1000...51).flatMap { power in
      [0.5, 0.7071067811865475, 0.7071067811865476, 0.99999, 1, 1.3, 1.9999999].map {
        scalbn($0, power)
      }
    }
    numbers += [2.1, 12.5, 214, 1]
    for width in widths {
      var results = [Double](repeating: 0, count: numbers.count)
      width.logarithms(numbers, &results, numbers.count)
      for (number, result) in zip(numbers, results) {
        #expect(abs(result - log(number)) <= 2e-11, "the logarithm of \(number) is \(result)")
      }
    }
  }

  @Test("What has no logarithm has none in any width")
  func noLogarithm() {
    let numbers: [Double] = [.nan, 0, -0.0, -1, -.infinity, .nan, 0, -2, .nan]
    for width in widths {
      var results = [Double](repeating: 0, count: numbers.count)
      width.logarithms(numbers, &results, numbers.count)
      #expect(results.allSatisfy { $0.isNaN })
    }
  }

  @Test("Every width rounds alike, holds, and says what it is not sure of")
  func rounding() {
    let how = lanes_rounding(steps: 100, low: 600, high: 4000, limit: 0.4, none: .min)
    let numbers: [Double] = [7.124, 7.1251, 7.129, 5, 41, .nan, 6, 40, 7.119, 12, 13]
    let wanted: [Int32] = [712, .min, 713, 600, 4000, .min, 600, 4000, 712, 1200, 1300]
    for width in widths {
      var results = [Int32](repeating: 0, count: numbers.count)
      #expect(width.round(numbers, &results, numbers.count, how) == 1)
      #expect(results == wanted)
      #expect(width.round(numbers, &results, 1, how) == 0)
    }
  }
}
