import Terminal
import Testing

@Suite struct PlainTextTests {
  @Test(arguments: [
    ("MELD ≥ 21", "MELD >= 21"), ("4.5 × 10⁹/L", "4.5 x 10^9/L"), ("10⁻¹²", "10^-12"),
    ("µmol/L", "umol/L"), ("1 clears · 2 open", "1 clears, 2 open"),
    ("20 % † 90 d", "20 % died 90 d"),
    ("α-fetoprotein ± 3", "alpha-fetoprotein +/- 3"), ("Zürich", "Zurich"), ("上海", "??"),
  ]) func meansTheSame(text: String, plain: String) {
    #expect(text.plain == plain)
  }

  @Test func nothingSteersATerminal() {
    #expect("\u{1B}[2Ja\u{7}".plain == "?[2Ja?")
  }
}
