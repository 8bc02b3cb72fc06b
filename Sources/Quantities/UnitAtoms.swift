/// A unit that is not made of others: its code, whether it takes metric prefixes, and what it is.
struct UnitAtom: Sendable {
  enum Definition: Sendable {
    /// The coherent unit of a base dimension.
    case base(Dimension.Base)
    /// The same as a unit of atoms that stand above it in the table.
    case unit(String)
    /// Defined by a procedure, and comparable with itself alone.
    case arbitrary
    /// A logarithm or another function, which nothing here converts.
    case function
    /// A temperature whose zero lies so many degrees above absolute zero, and the degree.
    case degree(FixedDecimal, String)
  }

  let code: String
  let isMetric: Bool
  let definition: Definition

  private init(_ code: String, _ definition: Definition, metric: Bool) {
    self.code = code
    self.definition = definition
    isMetric = metric
  }

  private static func base(_ code: String, _ base: Dimension.Base) -> UnitAtom {
    UnitAtom(code, .base(base), metric: true)
  }

  private static func metric(_ code: String, _ unit: String) -> UnitAtom {
    UnitAtom(code, .unit(unit), metric: true)
  }

  private static func plain(_ code: String, _ unit: String) -> UnitAtom {
    UnitAtom(code, .unit(unit), metric: false)
  }

  private static func arbitrary(_ code: String, metric: Bool = false) -> UnitAtom {
    UnitAtom(code, .arbitrary, metric: metric)
  }

  private static func function(_ code: String, metric: Bool = false) -> UnitAtom {
    UnitAtom(code, .function, metric: metric)
  }

  private static func degree(
    _ code: String, zero: FixedDecimal, _ unit: String, metric: Bool = false
  ) -> UnitAtom {
    UnitAtom(code, .degree(zero, unit), metric: metric)
  }

  /// The Unified Code for Units of Measure, version 2.1, tables 1 to 23, case sensitive.
  ///
  /// A unit is defined as UCUM defines it, its number written as a whole one and a power of ten.
  /// It differs from UCUM in this: the mole is a base unit, and what UCUM counts as a pure number
  /// although it measures something (fields of a microscope, Hounsfield units) is a dimension of
  /// its own. Pi is a fraction of its continued one, right to sixteen decimals.
  static let all: [UnitAtom] = [
    // Base units, and the mole.
    base("m", .length), base("s", .time), base("g", .mass), base("rad", .angle),
    base("K", .temperature), base("C", .charge), base("cd", .luminosity), base("mol", .amount),

    // Numbers.
    plain("[pi]", "245850922/78256779"), plain("%", "10*-2"), plain("[ppth]", "10*-3"),
    plain("[ppm]", "10*-6"), plain("[ppb]", "10*-9"), plain("[pptr]", "10*-12"),

    // SI units.
    metric("sr", "rad2"), metric("Hz", "s-1"), metric("N", "kg.m/s2"), metric("Pa", "N/m2"),
    metric("J", "N.m"), metric("W", "J/s"), metric("A", "C/s"), metric("V", "J/C"),
    metric("F", "C/V"), metric("Ohm", "V/A"), metric("S", "Ohm-1"), metric("Wb", "V.s"),
    degree("Cel", zero: 273.15, "K", metric: true), metric("T", "Wb/m2"), metric("H", "Wb/A"),
    metric("lm", "cd.sr"), metric("lx", "lm/m2"), metric("Bq", "s-1"), metric("Gy", "J/kg"),
    metric("Sv", "J/kg"),

    // Units beside the SI, of ISO 1000 and others.
    plain("deg", "2.[pi].rad/360"), plain("gon", "9.10*-1.deg"), plain("'", "deg/60"),
    plain("''", "'/60"), metric("l", "dm3"), metric("L", "dm3"), metric("ar", "100.m2"),
    plain("min", "60.s"), plain("h", "60.min"), plain("d", "24.h"),
    plain("a_t", "36524219.10*-5.d"), plain("a_j", "36525.10*-2.d"),
    plain("a_g", "3652425.10*-4.d"), plain("a", "a_j"), plain("wk", "7.d"),
    plain("mo_s", "2953059.10*-5.d"), plain("mo_j", "a_j/12"), plain("mo_g", "a_g/12"),
    plain("mo", "mo_j"), metric("t", "1000.kg"), metric("bar", "10*5.Pa"),
    metric("u", "16605402.10*-30.10*-1.g"),

    // Natural constants.
    metric("[e]", "160217733.10*-27.C"), metric("eV", "[e].V"),
    plain("AU", "149597870691.10*-6.Mm"), metric("pc", "3085678.10*10.m"),
    metric("[c]", "299792458.m/s"), metric("[h]", "66260755.10*-30.10*-11.J.s"),
    metric("[k]", "1380658.10*-29.J/K"), metric("[eps_0]", "8854187817.10*-21.F/m"),
    metric("[mu_0]", "4.[pi].10*-7.N/A2"), metric("[m_e]", "91093897.10*-30.10*-5.g"),
    metric("[m_p]", "16726231.10*-30.10*-1.g"), metric("[G]", "667259.10*-16.m3.kg-1.s-2"),
    metric("[g]", "980665.10*-5.m/s2"), plain("atm", "101325.Pa"), metric("[ly]", "[c].a_j"),
    metric("gf", "g.[g]"),

    // Centimetre, gram, second.
    metric("Ky", "cm-1"), metric("Gal", "cm/s2"), metric("dyn", "g.cm/s2"),
    metric("erg", "dyn.cm"), metric("P", "dyn.s/cm2"), metric("Bi", "10.A"), metric("St", "cm2/s"),
    metric("Mx", "10*-8.Wb"), metric("G", "10*-4.T"), metric("Oe", "250/[pi].A/m"),
    metric("Gb", "Oe.cm"), metric("sb", "cd/cm2"), metric("Lmb", "cd/cm2/[pi]"),
    metric("ph", "10*-4.lx"), metric("Ci", "37.10*9.Bq"), metric("R", "258.10*-6.C/kg"),
    metric("RAD", "100.erg/g"), metric("REM", "RAD"),

    // Customary units, international.
    plain("[in_i]", "254.10*-2.cm"), plain("[ft_i]", "12.[in_i]"), plain("[yd_i]", "3.[ft_i]"),
    plain("[mi_i]", "5280.[ft_i]"), plain("[fth_i]", "6.[ft_i]"), plain("[nmi_i]", "1852.m"),
    plain("[kn_i]", "[nmi_i]/h"), plain("[sin_i]", "[in_i]2"), plain("[sft_i]", "[ft_i]2"),
    plain("[syd_i]", "[yd_i]2"), plain("[cin_i]", "[in_i]3"), plain("[cft_i]", "[ft_i]3"),
    plain("[cyd_i]", "[yd_i]3"), plain("[bf_i]", "144.[in_i]3"), plain("[cr_i]", "128.[ft_i]3"),
    plain("[mil_i]", "10*-3.[in_i]"), plain("[cml_i]", "[pi]/4.[mil_i]2"),
    plain("[hd_i]", "4.[in_i]"),

    // Lengths and areas of American surveyors.
    plain("[ft_us]", "1200.m/3937"), plain("[yd_us]", "3.[ft_us]"), plain("[in_us]", "[ft_us]/12"),
    plain("[rd_us]", "165.10*-1.[ft_us]"), plain("[ch_us]", "4.[rd_us]"),
    plain("[lk_us]", "[ch_us]/100"), plain("[rch_us]", "100.[ft_us]"),
    plain("[rlk_us]", "[rch_us]/100"), plain("[fth_us]", "6.[ft_us]"),
    plain("[fur_us]", "40.[rd_us]"), plain("[mi_us]", "8.[fur_us]"),
    plain("[acr_us]", "160.[rd_us]2"), plain("[srd_us]", "[rd_us]2"), plain("[smi_us]", "[mi_us]2"),
    plain("[sct]", "[mi_us]2"), plain("[twp]", "36.[sct]"), plain("[mil_us]", "10*-3.[in_us]"),

    // British lengths and areas.
    plain("[in_br]", "2539998.10*-6.cm"), plain("[ft_br]", "12.[in_br]"),
    plain("[rd_br]", "165.10*-1.[ft_br]"), plain("[ch_br]", "4.[rd_br]"),
    plain("[lk_br]", "[ch_br]/100"), plain("[fth_br]", "6.[ft_br]"),
    plain("[pc_br]", "25.10*-1.[ft_br]"), plain("[yd_br]", "3.[ft_br]"),
    plain("[mi_br]", "5280.[ft_br]"), plain("[nmi_br]", "6080.[ft_br]"),
    plain("[kn_br]", "[nmi_br]/h"), plain("[acr_br]", "4840.[yd_br]2"),

    // American volumes.
    plain("[gal_us]", "231.[in_i]3"), plain("[bbl_us]", "42.[gal_us]"),
    plain("[qt_us]", "[gal_us]/4"), plain("[pt_us]", "[qt_us]/2"), plain("[gil_us]", "[pt_us]/4"),
    plain("[foz_us]", "[gil_us]/4"), plain("[fdr_us]", "[foz_us]/8"),
    plain("[min_us]", "[fdr_us]/60"), plain("[crd_us]", "128.[ft_i]3"),
    plain("[bu_us]", "215042.10*-2.[in_i]3"), plain("[gal_wi]", "[bu_us]/8"),
    plain("[pk_us]", "[bu_us]/4"), plain("[dqt_us]", "[pk_us]/8"), plain("[dpt_us]", "[dqt_us]/2"),
    plain("[tbs_us]", "[foz_us]/2"), plain("[tsp_us]", "[tbs_us]/3"),
    plain("[cup_us]", "16.[tbs_us]"), plain("[foz_m]", "30.mL"), plain("[cup_m]", "240.mL"),
    plain("[tsp_m]", "5.mL"), plain("[tbs_m]", "15.mL"),

    // British volumes.
    plain("[gal_br]", "454609.10*-5.l"), plain("[pk_br]", "2.[gal_br]"),
    plain("[bu_br]", "4.[pk_br]"), plain("[qt_br]", "[gal_br]/4"), plain("[pt_br]", "[qt_br]/2"),
    plain("[gil_br]", "[pt_br]/4"), plain("[foz_br]", "[gil_br]/5"),
    plain("[fdr_br]", "[foz_br]/8"), plain("[min_br]", "[fdr_br]/60"),

    // Weights: avoirdupois, troy, of apothecaries.
    plain("[gr]", "6479891.10*-5.mg"), plain("[lb_av]", "7000.[gr]"),
    plain("[oz_av]", "[lb_av]/16"),
    plain("[dr_av]", "[oz_av]/16"), plain("[scwt_av]", "100.[lb_av]"),
    plain("[lcwt_av]", "112.[lb_av]"), plain("[ston_av]", "20.[scwt_av]"),
    plain("[lton_av]", "20.[lcwt_av]"), plain("[stone_av]", "14.[lb_av]"),
    plain("[lbf_av]", "[lb_av].[g]"), plain("[pwt_tr]", "24.[gr]"), plain("[oz_tr]", "20.[pwt_tr]"),
    plain("[lb_tr]", "12.[oz_tr]"), plain("[sc_ap]", "20.[gr]"), plain("[dr_ap]", "3.[sc_ap]"),
    plain("[oz_ap]", "8.[dr_ap]"), plain("[lb_ap]", "12.[oz_ap]"), plain("[oz_m]", "28.g"),

    // Typesetting.
    plain("[lne]", "[in_i]/12"), plain("[pnt]", "[lne]/6"), plain("[pca]", "12.[pnt]"),
    plain("[pnt_pr]", "13837.10*-6.[in_i]"), plain("[pca_pr]", "12.[pnt_pr]"),
    plain("[pied]", "3248.10*-2.cm"), plain("[pouce]", "[pied]/12"), plain("[ligne]", "[pouce]/12"),
    plain("[didot]", "[ligne]/6"), plain("[cicero]", "12.[didot]"),

    // Heat, and thread.
    degree("[degF]", zero: 459.67, "5.K/9"), plain("[degR]", "5.K/9"),
    degree("[degRe]", zero: 218.52, "5.K/4"), metric("cal_[15]", "41858.10*-4.J"),
    metric("cal_[20]", "41819.10*-4.J"), metric("cal_m", "419002.10*-5.J"),
    metric("cal_IT", "41868.10*-4.J"), metric("cal_th", "4184.10*-3.J"), metric("cal", "cal_th"),
    plain("[Cal]", "kcal_th"), plain("[Btu_39]", "105967.10*-5.kJ"),
    plain("[Btu_59]", "10548.10*-4.kJ"), plain("[Btu_60]", "105468.10*-5.kJ"),
    plain("[Btu_m]", "105587.10*-5.kJ"), plain("[Btu_IT]", "105505585262.10*-11.kJ"),
    plain("[Btu_th]", "105435.10*-5.kJ"), plain("[Btu]", "[Btu_th]"),
    plain("[HP]", "550.[ft_i].[lbf_av]/s"), metric("tex", "g/km"), plain("[den]", "g/9/km"),

    // Clinical units.
    metric("m[H2O]", "980665.10*-5.kPa"), metric("m[Hg]", "133322.10*-3.kPa"),
    plain("[in_i'H2O]", "m[H2O].[in_i]/m"), plain("[in_i'Hg]", "m[Hg].[in_i]/m"),
    plain("[PRU]", "mm[Hg].s/ml"), plain("[wood'U]", "mm[Hg].min/L"), plain("[diop]", "m-1"),
    function("[p'diop]"), function("%[slope]"), plain("[mesh_i]", "[in_i]-1"),
    plain("[Ch]", "mm/3"), plain("[drp]", "ml/20"), arbitrary("[hnsf'U]"),
    plain("[MET]", "35.10*-1.mL/min/kg"), function("[hp'_X]"), function("[hp'_C]"),
    function("[hp'_M]"), function("[hp'_Q]"), arbitrary("[hp_X]"), arbitrary("[hp_C]"),
    arbitrary("[hp_M]"), arbitrary("[hp_Q]"), arbitrary("[kp_X]"), arbitrary("[kp_C]"),
    arbitrary("[kp_M]"), arbitrary("[kp_Q]"),

    // Chemical and biochemical units.
    metric("eq", "mol"), metric("osm", "mol"), function("[pH]"), metric("g%", "g/dl"),
    plain("[S]", "10*-13.s"), arbitrary("[HPF]"), plain("[LPF]", "100.[HPF]"),
    metric("kat", "mol/s"), metric("U", "umol/min"), arbitrary("[iU]", metric: true),
    metric("[IU]", "[iU]"), arbitrary("[arb'U]"), arbitrary("[USP'U]"), arbitrary("[GPL'U]"),
    arbitrary("[MPL'U]"), arbitrary("[APL'U]"), arbitrary("[beth'U]"), arbitrary("[anti'Xa'U]"),
    arbitrary("[todd'U]"), arbitrary("[dye'U]"), arbitrary("[smgy'U]"), arbitrary("[bdsk'U]"),
    arbitrary("[ka'U]"), arbitrary("[knk'U]"), arbitrary("[mclg'U]"), arbitrary("[tb'U]"),
    arbitrary("[CCID_50]"), arbitrary("[TCID_50]"), arbitrary("[EID_50]"), arbitrary("[PFU]"),
    arbitrary("[FFU]"), arbitrary("[CFU]"), arbitrary("[IR]"), arbitrary("[BAU]"),
    arbitrary("[AU]"), arbitrary("[Amb'a'1'U]"), arbitrary("[PNU]"), arbitrary("[Lf]"),
    arbitrary("[D'ag'U]"), arbitrary("[FEU]"), arbitrary("[ELU]"), arbitrary("[EU]"),

    // Levels.
    function("Np", metric: true), function("B", metric: true), function("B[SPL]", metric: true),
    function("B[V]", metric: true), function("B[mV]", metric: true),
    function("B[uV]", metric: true),
    function("B[10.nV]", metric: true), function("B[W]", metric: true),
    function("B[kW]", metric: true),

    // Others, and information.
    metric("st", "m3"), plain("Ao", "10*-1.nm"), plain("b", "100.fm2"), plain("att", "kgf/cm2"),
    metric("mho", "S"), plain("[psi]", "[lbf_av]/[in_i]2"), plain("circ", "2.[pi].rad"),
    plain("sph", "4.[pi].sr"), plain("[car_m]", "2.10*-1.g"), plain("[car_Au]", "1/24"),
    plain("[smoot]", "67.[in_i]"), function("[m/s2/Hz^(1/2)]"), function("bit_s"),
    metric("bit", "1"), metric("By", "8.bit"), metric("Bd", "s-1"),
  ]

  private static let byCode: [String: UnitAtom] = .init(
    uniqueKeysWithValues: all.map { ($0.code, $0) })

  /// The metric prefixes and those of binary multiples.
  static let prefixes: [String: Scale] = [
    "Y": Scale(1, exponent: 24), "Z": Scale(1, exponent: 21), "E": Scale(1, exponent: 18),
    "P": Scale(1, exponent: 15), "T": Scale(1, exponent: 12), "G": Scale(1, exponent: 9),
    "M": Scale(1, exponent: 6), "k": Scale(1, exponent: 3), "h": Scale(1, exponent: 2),
    "da": Scale(1, exponent: 1), "d": Scale(1, exponent: -1), "c": Scale(1, exponent: -2),
    "m": Scale(1, exponent: -3), "u": Scale(1, exponent: -6), "n": Scale(1, exponent: -9),
    "p": Scale(1, exponent: -12), "f": Scale(1, exponent: -15), "a": Scale(1, exponent: -18),
    "z": Scale(1, exponent: -21), "y": Scale(1, exponent: -24), "Ki": Scale(1 << 10),
    "Mi": Scale(1 << 20), "Gi": Scale(1 << 30), "Ti": Scale(1 << 40),
  ]

  /// What a symbol means, with or without a prefix; `nil` where there is none of that code.
  static func meaning(of symbol: String) throws(UnitError) -> UnitMeaning? {
    if let atom = byCode[symbol] { return try atom.meaning() }
    for length in 1...2 where symbol.utf8.count > length {
      guard let prefix = prefixes[String(Substring(symbol.utf8.prefix(length)))],
        let atom = byCode[String(Substring(symbol.utf8.dropFirst(length)))], atom.isMetric
      else { continue }
      return try atom.meaning(times: prefix)
    }
    return nil
  }

  private func meaning(times prefix: Scale = .one) throws(UnitError) -> UnitMeaning {
    var result = UnitMeaning()
    switch definition {
    case .base(let base): result.dimension = Dimension(base)
    case .arbitrary: result.dimension = Dimension(arbitrary: code)
    case .function:
      result.dimension = Dimension(arbitrary: code)
      result.kind = .function
    case .unit(let unit), .degree(_, let unit):
      var reader = UnitReader(unit)
      result = try reader.meaning()
    }
    if case .degree(let zero, _) = definition {
      guard let prefixed = Scale.one.times(prefix, power: -1)?.applied(to: zero),
        prefix.applied(to: prefixed) == zero
      else {
        throw UnitError(code, "the prefix of '\(code)' is too large or too small")
      }
      result.kind = .shifted(prefixed)
    }
    if prefix != .one {
      guard let scale = result.scale.times(prefix) else {
        throw UnitError(code, "the prefix of '\(code)' is too large or too small")
      }
      result.scale = scale
    }
    return result
  }

  /// Prefixes that a hint may name, so that it never proposes a million times what was meant.
  private static let usualPrefixes = ["", "k", "d", "c", "m", "u", "n", "p", "f"]

  /// The right code for one that differs in its case or is spelled as people do.
  ///
  /// - Parameter isWhole: Whether the symbol is the whole of a unit.
  static func near(_ symbol: String, isWhole: Bool) -> String? {
    if let code = UnitSpellings.code(for: symbol, isWhole: isWhole) { return code }
    // One letter is like too many others.
    guard symbol.utf8.count > 1 else { return nil }
    let wanted = symbol.lowercased()
    for prefix in usualPrefixes where wanted.hasPrefix(prefix) {
      let rest = wanted.dropFirst(prefix.count)
      let atom = all.first {
        $0.code.utf8.count == rest.utf8.count && $0.code.lowercased() == rest
          && (prefix.isEmpty || $0.isMetric)
      }
      if let atom { return prefix + atom.code }
    }
    return nil
  }
}
