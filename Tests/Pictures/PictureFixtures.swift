import Foundation

/// PNG files made in Python and read by Pillow, in base64.
enum PictureFixtures {
  /// gray, 9 × 11, the filters in turn.
  static let gray = """
    iVBORw0KGgoAAAANSUhEUgAAAAkAAAALCAAAAACIMvjHAAAAHklEQVR42mNgkDYLzGlftPcGI7
    M0FDAxwwEbPxSwwIUY+LVgnjPvAAAAHklEQVRcE6qnbTzznFEIiw4+LDrkLEPyu5YeuP0NAEeB
    EEM2gtd5AAAAAElFTkSuQmCC
    """

  /// grayAlpha, 9 × 11, the filters in turn.
  static let grayAlpha = """
    iVBORw0KGgoAAAANSUhEUgAAAAkAAAALCAQAAAAHUG+QAAAAL0lEQVR42mNg+C/90Oxw4NKc9v
    bMRd57dW/wMzL/l36ECpmYGTAgWwP/R1TIgqmKgf+/1pXJea8AAAAwSURBVEPXwwlLq9unZW70
    PqP7nJ9RiCjj+YgyXu6/5cOQw/lLu9qXZh7wvq37jR8AdYY+rkZHXBwAAAAASUVORK5CYII=
    """

  /// rgb, 9 × 11, the filters in turn.
  static let rgb = """
    iVBORw0KGgoAAAANSUhEUgAAAAkAAAALCAIAAAAiOzBMAAAAaUlEQVR42n2QoUpEYRCFz3q8hs
    s4A8uF4bLygyzIIFo2CCZB2GQSNi+GjYIPoGbBZLplmmAW7YJxgw8g+AC+gcHkWkRwEb76cT4O
    EBgE9gLHgdPAVeA28BR4DfR4gAGqpazQQa/oNd3oDb2lF/pvPtXjAAAAaUlEQVSQHlw7hEltsm
    5iJn2TxsRNWpON1W8PFVETRjS/gSW2sx3n6CSPznPW5eVDdi95/57zXv9x0VKW8m+LXuBn3KSY
    bJoMTbZM4m9LSxRil4tTimJfRxOdnWl3rfM7/XzWnTedfujNF5+BKLcSIW2TAAAAAElFTkSuQm
    CC
    """

  /// rgba, 9 × 11, the filters in turn.
  static let rgba = """
    iVBORw0KGgoAAAANSUhEUgAAAAkAAAALCAYAAACtWacbAAAAd0lEQVR42o3OoUsDcRjG8WeeM4
    zzfWEcHMfkYAzkRbyyIJgEYemSYB6GlQPBP2AKtgOT6cqvCZdl64JwZcE/QDDdinnFYDmfWQzi
    MHzaw5cHMDQ9Q31kqM4M5aUhzw3ZgyF9MiSvBm15JxyhvdxkywsBL2xTh5QCiiimASb4L80AAA
    B4SURBVBm8nVPcqt9Zqb9LSl0KKKSI9lbb3yWwBJbAEoJfoA7NgYvqkRtWFy4tp26SF+4mm7ki
    fXGPybtbaKs7Xx+Pl5v877hcr4//nFQ/pj4NaJ/sr+MsgSUkZEAsaI5lWJ/LpLqSoryTRV7KZ/
    Ysh+mbjJMPudcv5v9XImFFOCQAAAAASUVORK5CYII=
    """

  /// palette, 9 × 11, the filters in turn.
  static let palette = """
    iVBORw0KGgoAAAANSUhEUgAAAAkAAAALCAMAAACah1cpAAAAElBMVEUAGTIoQVpQaYJ4kaqgud
    LI4fr75LeKAAAAGklEQVR42j3LOQ4AMAgDQdvA/x9ME3I4SKAtGICKrN7WA1YAAAAbSURBVLk8
    07NyMPSC6WiUCWGib7e4n+kg0mQBCjAJZ1Way0YAAAAASUVORK5CYII=
    """

  /// transparentPalette, 9 × 11, the filters in turn.
  static let transparentPalette = """
    iVBORw0KGgoAAAANSUhEUgAAAAkAAAALCAMAAACah1cpAAAAElBMVEUAGTIoQVpQaYJ4kaqgud
    LI4fr75LeKAAAAA3RSTlMAgP/s97MYAAAAGklEQVR42j3LOQ4AMAgDQdvA/x9ME3I4SKAtGICK
    rN7WA1YAAAAbSURBVLk807NyMPSC6WiUCWGib7e4n+kg0mQBCjAJZ1Way0YAAAAASUVORK5CYI
    I=
    """

  /// transparentGray, 9 × 11, the filters in turn.
  static let transparentGray = """
    iVBORw0KGgoAAAANSUhEUgAAAAkAAAALCAAAAACIMvjHAAAAAnRSTlMANrkpWKEAAAAeSURBVH
    jaY2CQNgvMaV+09wYjszQUMDHDARs/FLDAhRj4tWCeM+8AAAAeSURBVFwTqqdtPPOcUQiLDj4s
    OuQsQ/K7lh64/Q0AR4EQQzaC13kAAAAASUVORK5CYII=
    """

  /// transparentRGB, 9 × 11, the filters in turn.
  static let transparentRGB = """
    iVBORw0KGgoAAAANSUhEUgAAAAkAAAALCAIAAAAiOzBMAAAABnRSTlMAdQBtADww9EzaAAAAaU
    lEQVR42n2QoUpEYRCFz3q8hss4A8uF4bLygyzIIFo2CCZB2GQSNi+GjYIPoGbBZLplmmAW7YJx
    gw8g+AC+gcHkWkRwEb76cT4OEBgE9gLHgdPAVeA28BR4DfR4gAGqpazQQa/oNd3oDb2lF/pvPt
    XjAAAAaUlEQVSQHlw7hEltsm5iJn2TxsRNWpON1W8PFVETRjS/gSW2sx3n6CSPznPW5eVDdi95
    /57zXv9x0VKW8m+LXuBn3KSYbJoMTbZM4m9LSxRil4tTimJfRxOdnWl3rfM7/XzWnTedfujNF5
    +BKLcSIW2TAAAAAElFTkSuQmCC
    """

  /// `rgb` as Pillow writes it.
  static let pillow = """
    iVBORw0KGgoAAAANSUhEUgAAAAkAAAALCAIAAAAiOzBMAAAAQklEQVR4nGNk0GCQZsCOWJjFGZ
    gZWLEiuBwXJkKW40dDaHIiyAhTThKOsMrJQRAuOWVmBmU8chq45HTxyCkzM2gAAK1QCIzuMd+S
    AAAAAElFTkSuQmCC
    """

  /// File, and its grey levels on white according to Pillow.
  static let pictures: [(file: String, levels: String)] = [
    (
      gray,
      """
      ABs2UWyHor3YAx45VG+KpcDbBiE8V3KNqMPeCSQ/WnWQq8bhDCdCXXiTrsnkDypFYHuWsczn
      Ei1IY36ZtM/qFTBLZoGct9LtGDNOaYSfutXwGzZRbIeivdjzHjlUb4qlwNv2
      """
    ),
    (
      grayAlpha,
      """
      ADZljrHO5PP9AzhokLPP5fT9BjtqkrTQ5fT9CT5slLbR5vX9DEBulrjT5/X9D0NxmLnU6Pb+
      EkZzmrvV6ff+FUh1nLzW6vf+GEt4nr7X6/j+G056oL/Z7Pj+HlB8osHa7Pn+
      """
    ),
    (
      rgb,
      """
      FyAoMDhASFBYJi83QEhRWmJrND1HUFlibHV+Q0xWYGp0fYeRUVtmcHqFj5qkX2p1gIuWoay3
      bnmFkJyns77KfIiUoK25xdHAi5eksb3K1sbTmaazwc7by9jmER8tO0hWR1Ri
      """
    ),
    (
      rgba,
      """
      FzpaeZWwyeD1Jkdmg563z+P2NFRyjqe+0+b3Q2F+mLDG2er4UW6KornN3u36X3yWrcLU5PD7
      bomit8vb6PP8fJauwtPi7vf7i6S5zNzp8/X8mbHF1+Xx8Pj+ETlegJ66yeH2
      """
    ),
    (
      palette,
      """
      FDxkjLTcFDxkPGSMtNwUPGSMZIy03BQ8ZIy0jLTcFDxkjLTctNwUPGSMtNwU3BQ8ZIy03BQ8
      FDxkjLTcFDxkPGSMtNwUPGSMZIy03BQ8ZIy0jLTcFDxkjLTctNwUPGSMtNwU
      """
    ),
    (
      transparentPalette,
      """
      /51kjLTc/51knWSMtNz/nWSMZIy03P+dZIy0jLTc/51kjLTctNz/nWSMtNz/3P+dZIy03P+d
      /51kjLTc/51knWSMtNz/nWSMZIy03P+dZIy0jLTc/51kjLTctNz/nWSMtNz/
      """
    ),
    (
      transparentGray,
      """
      ABv/UWyHor3YAx45VG+KpcDbBiE8V3KNqMPeCSQ/WnWQq8bhDCdCXXiTrsnkDypFYHuWsczn
      Ei1IY36ZtM/qFTBLZoGct9LtGDNOaYSfutXwG/9RbIeivdjzHjlUb4qlwNv2
      """
    ),
    (
      transparentRGB,
      """
      FyAoMDhASFBYJi83QEhRWmJrND1HUFlibHV+Q0xWYP90fYeRUVtmcHqFj5qkX2p1gIuWoay3
      bnmFkJyns77KfIiUoK25xdHAi5eksb3K1sbTmaazwc7by9jmER8tO0hWR1Ri
      """
    ),
    (
      pillow,
      """
      FyAoMDhASFBYJi83QEhRWmJrND1HUFlibHV+Q0xWYGp0fYeRUVtmcHqFj5qkX2p1gIuWoay3
      bnmFkJyns77KfIiUoK25xdHAi5eksb3K1sbTmaazwc7by9jmER8tO0hWR1Ri
      """
    ),
  ]
}

/// The bytes of a fixture.
func fixture(_ base64: String) -> [UInt8] {
  [UInt8](
    Data(base64Encoded: base64, options: .ignoreUnknownCharacters) ?? Data())
}
