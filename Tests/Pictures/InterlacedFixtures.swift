/// PNG files that are interlaced, made in Python with each
/// filter in turn and read by Pillow, in base64.
enum InterlacedFixtures {
  /// Name, width, height, file, and its grey levels on white.
  static let pictures:
    [(name: String, width: Int, height: Int, file: String, levels: String)] = [
      (
        "interlacedGray", 9, 11,
        """
        iVBORw0KGgoAAAANSUhEUgAAAAkAAAALCAAAAAH/NchRAAAAhElEQVR42gF5AIb/AA9fAY
        RUAGkBlgA7cLoAWnQBTy4CSjQAR0RNbHEBTQRL5z4COVIXHvUASE1UfAE/M+4lAhb/NQwD
        TRIZCwTgHToSAImkvckAFjM1X25mX1qiASwTKtQqMNgCRgIxBgVWA+gxTf8DKzgg2QgTBQ
        f7BAbf5kb5GNP7AbldI6ZSfMA/AAAAAElFTkSuQmCC
        """,
        """
        D0haTWlUdHxfFjM1X25mX1qiRz9Eck1gbIVxLD9pPWeXb3G3O1VPcXCVfZG6XUVuk2p/oL
        62TXdRhpymg6bBWYeab3SMm7OvhFeZdJbAsdLYX2Zts6zEl66vhomjpLO9ocm2
        """
      ),
      (
        "interlacedRGB", 9, 11,
        """
        iVBORw0KGgoAAAANSUhEUgAAAAkAAAALCAIAAAFVPADaAAABSklEQVR42gE/AcD+ADAPDX
        GZYgFrWXJKSD4AY05IAZm1rwBZYmd0dWa3hJgANkkdSIRmAWFPOg0mYwIMPEhYKvsALyMf
        OVk0SmxVmJiHeZWaAXBMQ+RAOBP2DT0L9CIKNwLsGhdU9hArLy8lNGMcQhIAEiUsSU9gVm
        c/fHKRAUhPTAcjGx/cGBIuIwLy8+wGGCIqTgIuMgwDV0dAE//yARc9JgzWBOX3FCsnOy0f
        BwnbFABqjmignIWnx8jcybgADk0zUzYtUzwiOVhUXzlPdEh2e4dOaW1zYqB2ATY3PPccKR
        oKDBf68xQcH/UZ0iXxOdwf5jT7HQIsBRgV8fwTBwX2BPER6vsP/UDvKxo7Ay8ZKx8DIllI
        Qxch//XxPTwc6TIkDvXkMQIn7gzf/uEJBALo9eAv//wGENcBAEHuAuMJCugW/EMiEQj2LU
        h+bmgXpwRwAAAAAElFTkSuQmCC
        """,
        """
        GSA+T1Rdb3mHNz5ATkdafWyJJk1LZl9dloKNN0pZW3V7g4iYYD5SenOYd66WSkdjWGyFm6
        G8Vmp5dXubkrKobH5omZyLp6GdYV+Bj6y8qqmpXYR2jaWYrNHUYn+Om6i+x83Z
        """
      ),
      (
        "interlacedGray1", 9, 11,
        """
        iVBORw0KGgoAAAANSUhEUgAAAAkAAAALAQAAAAHyJaogAAAANklEQVR42mNwYDzAwMDYwJ
        AAJB2YGhgkGC2YQCIMTAHMHSwODAUMTAyM3F+ZvjUw62uyfGAAAMMzCRUcyC68AAAAAElF
        TkSuQmCC
        """,
        """
        AAAAAAAAAAD/AAAAAAAA/wAAAAAAAAAA/wD/AAAAAP8A//8AAAAA//8A////AAAAAAAAAP
        //AP8AAP//////AAD/AP//////////////////AAAA/////////wD/////////
        """
      ),
      (
        "interlacedPalette4", 9, 11,
        """
        iVBORw0KGgoAAAANSUhEUgAAAAkAAAALBAMAAAEocIq+AAAAMFBMVEVcjN6YigJzjcOJMi
        KG2giEhp7/8xIoGWSSCu6Rjvn2VFGl/f42ocXCVZ3VGwlxT6aawFWQAAAAVUlEQVR42mOQ
        YPRicGDcwBDRwKDOaMlUxCBWOYExzOkHk5OJAYNZKqNJKJPKR2ZbDhZZY4aMfQxCriVAeT
        MDfpXvTHYPPn4SYOZSMvphw2LM9NFEAACqbBPT1I18igAAAABJRU5ErkJggg==
        """,
        """
        f0qL3andJohNf4upiCapJpubf0rdqSZNm5ubSt3d3SaIm5ubiIhKTU0mm4RNJqmp3d3dTe
        OEiN3dm5smTZubqandJptNTZt+qU2E3ePj45uEJiYmm02b435Rm91NTYXjhVGF
        """
      ),
      (
        "interlacedRGBA16", 9, 11,
        """
        iVBORw0KGgoAAAANSUhEUgAAAAkAAAALEAYAAAGKzkvOAAADOUlEQVR42gEuA9H8AEBADg
        42NpycW1toaJqay8sBYmKHh3Z2paVGRkJCZ2c4OABaWjo6bGyysgGKipaWeXnLywBQUFlZ
        SkqdnXt7Z2dhYbu7gYF8fJ+f2dkAWFgtLSMjpaV3d3JyUFC9vQFCQnFxPDykpDs7Dw8rKx
        AQAjw8MDBCQiwsLCxMTGFhGBgAMzMZGUFBpqZFRU1NR0elpWNjgIBbW7Cwfn5qaoqKwcFq
        am1toaHMzAFAQD4+NjalpTg4Tk5UVAUFJyfn5xQUFhbj40REAgIXFyAg/PwuLvLyAllZHB
        w8PA0NLS0hIebmFhYMDCIiAwMQEF1d5eUjIwQEOjo4OCMjFBQALCw0NCUlmpouLiYmJSWn
        p0BAQkJsbLCwcXFgYHV1xsYBVVVWVioqm5vz8xUVODgXFzY2AgL7+/f3+PgvLwQECQkCHh
        7Z2RUVDAwKCvb2ISECAgUFLy8rKxAQLCzn5zg4IyMDGBhKSkFBU1NAQBsbJiYYGCcnDAwS
        Ev7++fkYGBUVAAAEHx8vLzY2GBgcHPb25OQQEA4O+/soKAoKIyMWFvHxDAwAcnKLi3Z2xs
        aYmKCgj4++vpeX1dWbm97e5+ezs+np7e0AEhIyMhMTo6NFRVBQNzeOjlVVNDRMTKCgMDBS
        UklJr695eWFhSkqwsExMgYF+fr6+UFBdXWdnwMCbm4mJkpLMzGpqnp5nZ8jIAVNTVlZMTJ
        WV1NTt7evrDg5MTC0tISH39+fnDAwnJxMTMDDk5NnZCwv6+vPzMzP8/BQUGxsREf7+BAQC
        AtDQAwPs7EVFFRUUFALk5O7u/f0NDURE+/srK/7+5+fe3iAgEBAFBfb2/PwUFOPjPT0tLf
        b2CAg7OwMDICASEjExCwsdHSIiS0sdHR8fQUEGBjIyBAQDNzdXVzs7UVH4+DIyKioRETs7
        9fUWFv399vY0NO7uFBQ8PM7OKiobG+LiAwP7++zs8fEtLR0dAwMlJebmKysCAggIGRn09B
        ERBEFBFxcYGBER+/vk5NPTGRn29j4+Dw/q6gwM5eUJCQoK+PgSEv39BQUpKSYmJCQLC/Ly
        19fo6Boa5OQ+PgYG+/s2NgsLAQEODiglNApfVkwdAAAAAElFTkSuQmCC
        """,
        """
        eIJ/coCAlIqIdJqIgJWVg6aicZWKkJ6gla2Om4Gon5WVpqK2loWXj5SwoqGVhpCPkbCgtM
        LLgpWuoaS5s7nCoaOko5igvL/OqaWmo6auzcTKsJSylpy5ocrbm526ta/Ev8zr
        """
      ),
      (
        "interlaced1by1", 1, 1,
        """
        iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAFNeavDAAAACklEQVR42mPIBgAAbQBsN7
        IxEAAAAABJRU5ErkJggg==
        """,
        """
        aw==
        """
      ),
      (
        "interlaced2by3", 2, 3,
        """
        iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAAAAAHrhrHLAAAAE0lEQVR42mOoYFjA4MMYwi
        BzHgAN3wKlr6RvTAAAAABJRU5ErkJggg==
        """,
        """
        eEwcz6BU
        """
      ),
      (
        "interlaced5by1", 5, 1,
        """
        iVBORw0KGgoAAAANSUhEUgAAAAUAAAABCAAAAAFEkgu5AAAAEUlEQVR42mNYx8DO8ILBuQ
        oACkMCWz6CpN4AAAAASUVORK5CYII=
        """,
        """
        rkPoegc=
        """
      ),
      (
        "interlaced1by5", 1, 5,
        """
        iVBORw0KGgoAAAANSUhEUgAAAAEAAAAFCAAAAAHW6OnVAAAAEklEQVR42mNIZ3jG8JVhJW
        MOABElA1lJgJdAAAAAAElFTkSuQmCC
        """,
        """
        Z6n1bOY=
        """
      ),
    ]
}
