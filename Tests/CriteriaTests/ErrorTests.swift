import Quantities
import Testing

@testable import Criteria

@Suite struct ErrorTests {
  @Test(arguments: [
    (
      "totlBilirubin > 5 'mg/dL'",
      "1:1: there is no variable or score 'totlBilirubin'; did you mean 'totalBilirubin'"
    ),
    (
      "inr >= 1.5 and\n  crhosis",
      "2:3: there is no variable or score 'crhosis'; did you mean 'cirrhosis'?"
    ),
    (
      "totalBilirubin > 5",
      "1:18: a number without a unit does not compare with a quantity in umol/L; write it with a unit, such as 'umol/L'"
    ),
    (
      "age >= 18",
      "1:8: a number without a unit does not compare with a quantity in a; write it with a unit, such as years"
    ),
    (
      "totalBilirubin > 5 'g'",
      "1:18: g and umol/L measure different things; a quantity in umol/L is expected"
    ),
    ("platelets > 5 'mg/dL'", "1:13: mg/dL and 10*9/L measure different things"),
    (
      "urea > 20 'mg/dL'",
      "1:8: mg/dL does not say what is measured; write mg/dL{urea} or mg/dL{BUN}"
    ),
    ("5 'mg/dL' > 3 'umol/L'", "1:13: mg/dL and umol/L convert only for a named substance"),
    ("totalBilirubin > 5 'MG/DL'", "did you mean 'mg/dL'?"),
    ("totalBilirubin > 5 'µmol/L'", "did you mean 'umol/L'?"),
    ("sex = 'woman'", "1:7: 'woman' is not one of 'female', 'male'"),
    (
      "ascites >= 'mildd'",
      "1:12: 'mildd' is not one of 'none', 'mild', 'moderate', 'severe'; did you mean 'mild'?"
    ),
    ("sex > 'female'", "1:5: the answers 'female', 'male' have no order; compare with '=' or 'in'"),
    ("encephalopathyGrade <= 7", "1:24: 7 is out of the range from 0 to 4"),
    ("childPugh.klass = 'A'", "1:1: 'childPugh' has no member 'klass'; it has 'childPugh.class'"),
    ("inr.class = 'A'", "1:1: 'inr' has no members; write it without '.class'"),
    ("inr", "1:1: true or false is expected, and this is a number"),
    ("cirrhosis and inr", "1:15: true or false is expected here, and this is a number"),
    ("immunosuppressant", "an event"),
    (
      "cirrhosis and immunosuppressant",
      "1:15: an event is not true or false by itself; write 'ever', 'ongoing' or 'within 1 month' after it"
    ),
    ("cirrhosis within 1 month", "1:1: 'within' asks for an event, and this is true or false"),
    (
      "immunosuppressant within 1.5 months",
      "a window is a whole number of days, weeks, months or years"
    ),
    (
      "immunosuppressant within 2 hours",
      "a window is a whole number of days, weeks, months or years"
    ),
    ("immunosuppressant within 0 days", "a window is at least one day long"),
    ("inr = null", "1:5: nothing is equal to, more or less than null; write 'is null'"),
    ("inr >= 1,5", "1:9: decimals stand after a point, as in 1.5"),
    ("inr == 1", "1:5: write = instead of =="),
    ("inr ≥ 1", "1:5: write >= instead of ≥"),
    ("sex = \"female\"", "write ' instead of \""),
    ("prothrombinActivity < 40%", "write '%' instead of %"),
    ("inr in Interval[3, 2]", "1:8: the interval is empty"),
    ("inr between 3 and 2", "1:5: the lower bound is above the upper one"),
    ("not sex in { 'female' }", "1:5: true or false is expected here"),
    ("'hbv' = aetiology", "several answers may hold"),
    ("aetiology in { 'hbv' }", "several answers may hold"),
    (
      "'hbb' in aetiology",
      "1:1: 'hbb' is not one of 'hbv', 'hcv', 'alcohol'; did you mean 'hbv' or 'hcv'?"
    ),
    ("absolute(inr) > 1", "1:1: there is no function 'absolute'"),
    ("abs(inr) > 1", "did you mean 'Abs'?"),
    ("Ln(0) > 1", "1:1: the logarithm of 0 does not exist"),
    ("Max(inr) > 1", "Max takes a list of numbers"),
    ("(inr > 1", "1:9: ')' is expected to close the parenthesis; the text ends here"),
    ("inr > 1)", "1:8: an operator such as 'and', or the end, is expected; found ')'"),
    ("inr > 'x", "1:7: the text is not closed"),
    ("inr > 1 /* x", "1:9: the comment is not closed"),
    ("", "1:1: an expression is missing"),
    ("inr >", "1:6: a value is expected; the text ends here"),
    ("inr > 2147483648", "2147483648 is out of the range of whole numbers; write 2147483648.0"),
    ("cirrhosis and and pregnant", "1:15: a value is expected; found 'and'"),
    ("inr > 0.000000001", "0.000000001 has too many digits"),
  ])
  func says(text: String, wanted: String) {
    let found = complaints(text)
    #expect(found.contains { $0.contains(wanted) }, "\(found)")
  }

  @Test func findsAllErrors() {
    #expect(
      complaints("totlBilirubin > 1 and inr >= 1 'g' and sex = 'x'\nand crhosis").map {
        $0.prefix(4)
      }
        == ["1:1:", "1:30", "1:46", "2:5:"])
    // A misspelt name is found beside an error of syntax.
    #expect(complaints("crhosis and (inr > 1").count == 2)
    #expect(complaints("inr = 1 # 2 # 3").count == 2)
  }

  @Test func expectsTheTypeThatIsAskedFor() throws {
    #expect(try expression("inr + 1").type == .decimal)
    #expect(throws: CriteriaErrors.self) { try criterion("inr + 1") }
    let number = try Criteria.Expression(
      parsing: "1 + 1", vocabulary: Ward.shared, expecting: .integer)
    #expect(number.evaluate(Bed()) == .value(.number(2)))
  }
}
