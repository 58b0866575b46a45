/// PNG files of every depth, made in Python with each
/// filter in turn and read by Pillow, in base64.
enum DepthFixtures {
  /// Name, width, height, file, and its grey levels on white.
  static let pictures:
    [(name: String, width: Int, height: Int, file: String, levels: String)] = [
      (
        "gray1", 9, 11,
        """
        iVBORw0KGgoAAAANSUhEUgAAAAkAAAALAQAAAACFIpq2AAAAKUlEQVR42mNgYGBkrGf6z8
        DMY8Xyl4GBv4GRvZLJgoFZQZFlw0SG/w0AXy0HH/bN5w4AAAAASUVORK5CYII=
        """,
        """
        AAAAAAAAAAAAAAAAAAAAAP//AAAAAAAAAAD/AAAAAP//AAD/AAAAAP8AAP//AAAAAP////
        //AAAAAAD/////AAD/////////AAD/////////////AP//////////////////
        """
      ),
      (
        "gray2", 9, 11,
        """
        iVBORw0KGgoAAAANSUhEUgAAAAkAAAALAgAAAADCguBmAAAANUlEQVR42mMQEHNgFHB9zc
        TI4sDMKy/KwijCwBA2q4FRLESMycHRgVnb+jCLyAcHhlm7DgAAnS0JiKQQO7cAAAAASUVO
        RK5CYII=
        """,
        """
        AFUAAABVVapVAFUAAFVVVVVVAFUAVVVVqlWqAFVVVVVVVaqqAFVVqlWqqqqqVVVVqqpVqq
        qqAFVVqlWqqqqqVVVVqqqqqv//VVVVqqr/qv+qVaqqqqqqqv//qlWqqqr/qqr/
        """
      ),
      (
        "gray4", 9, 11,
        """
        iVBORw0KGgoAAAANSUhEUgAAAAkAAAALBAAAAABNwhXGAAAATUlEQVR42gFCAL3/ACFUZX
        hwASQBLwE7Ah8/BALQAxT5FwktBPFBEuPgAGd1mqqQAVYw8SMGAgEAI/EQA1vzL/kLBPIS
        8RAAAJqIyavAX6kVTX379JQAAAAASUVORK5CYII=
        """,
        """
        IhFVRGZVd4h3IkQiVVVEVVWZRDNmRFWIVXdmM1VEVWZVZneZImZ3ZoiIZrt3Znd3VZmqqq
        qZVWaIZnd3maqqVXeIZpmqiLu7iGZ3mbuImaq7d4iIqqqZqqq7maqIiMyZqrvM
        """
      ),
      (
        "gray16", 9, 11,
        """
        iVBORw0KGgoAAAANSUhEUgAAAAkAAAALEAAAAADYoiSEAAAA3ElEQVR42gHRAC7/ABcZHj
        8k50xjUTNlnoOVjopgAwE/4fEbKGMA9OAsRbMOdRDeyvwC3OkZN/Wm4clDvtxSzNMAwS7p
        Aw8AADYvdh66Da8l0f2rB4D8rwQHYg3GzzgQFSDZGOsvTP3P7oEANVRmPnYyalxiX3ZmtN
        SrW6zYAUtTMsjpbBAtIcfzARAt688/TwIHC/FmFcj1aORNCw/upUW06/ADRh3vtDULBHTy
        2BNcE2bv2yupBCb/94TT7iW9E40aIxaRDgYGUgCJlISulpaHtq1+tKrKg8fiyLIC7F3gSK
        YEBgAAAABJRU5ErkJggg==
        """,
        """
        Fx4lTFFlg45gQDFYWDh9i5tlHElNOXtZV5uTHDJucYOTco2MJD8+TW2boZ6MNWZ2amJ2tK
        usS31mdpeKmoXEUm57a3uViMmvb12hinSXoaXVlYx0mZ22zdvhiYSWh620ysfI
        """
      ),
      (
        "rgb16", 9, 11,
        """
        iVBORw0KGgoAAAANSUhEUgAAAAkAAAALEAIAAAByq+wPAAACZElEQVR42hXQvUsyAQAG8L
        tXOzVFu8zzo1LPr9T8SDSzrxckKbRMHBrsD7CxoOC1oQgKoakyaIiksSEhkqKlocmpJChs
        yEGtJD/OS0E7TY/XfsMzPjw8gMHgcAgEdrvN9rdNrZ6eHhtzOGZmpqbcbpfL6fzX5vH4fH
        NzPp/bvbR0eOj3h8OgwyEUMhiZjKBtYEAgMJlIkk6HYS63UuFwJBKFolRqNPr6UJTPz2Z7
        ep6fRaJc7g9BqFRDQz8/9bpUSpIYhiCVCoo2m+k0j9dovLwQhFKZzXZ3J5M4rtc/PMzOwn
        BXF8VgQJDhYS6XJPl8mcxiIcliMZHI56XSkZFyubdXoRAI1GqS7Oxks5NJg+Htjc/ncKif
        n1ptKqXV8nhGYzxerdLpCGK3T06CIJV6fy8SpdMfHxg2OIiiMplYnMloNIUCjQY4ncvLXu
        /4eCCwvu73Ly56PFtbXu/8fDgcCKyu/h6wt7e9fXa2u7uzc3x8dHR5eXERDII228LCysro
        KIMBAMUiBBUKXK5USqNVq2w2DMtkX18sFoUCQTodgigUtZpez2SKxX9cLpIslXC82cxkRC
        IQbLV+02QSCjFMqWzPAYxGKnVigs0ulxEEx3M5Hq9cpmg0crnVCsM6HYr298MwQSCIWi2T
        qVQI8v0NwwyGXN5q1eu1msmEYXQ6BCmVZjOVRlOrCUIiwfFiEQCsVqMxkSDJ93eLpaPDbM
        ZxEIzHdTochyAW67ckn398ZDKBk5PT0/39UGhzMxTa2Fhbi0Rub6PRYPDqKhY7Pz84uL5O
        JFKpp6e7u2g0EonFbm6q1dfX/+gL+aW5rwJGAAAAAElFTkSuQmCC
        """,
        """
        ODsyQUppVVR6JCxLUVBtf3l5PSpCYFNgfombPztnQnKJj4CUTWtbdHV7k5GVYGZcX4J4mZ
        OrT2ZheoGDjae+YltpiIKLs67CWHyEqKypp6/VcHmdl6+dp7a5nIZ9sL6u1bHf
        """
      ),
      (
        "grayAlpha16", 9, 11,
        """
        iVBORw0KGgoAAAANSUhEUgAAAAkAAAALEAQAAABXwLPTAAABoklEQVR42gGXAWj+AEVFmZ
        kqKpubJyekpDw8mppUVKKiV1ekpGdnrq5YWK+vZWXJyQEZGYmJFRUICCQkFxfy8vr6CgoE
        BPT0HBw2NgICHh7u7tvbAwMCCwsRESkpERHz8/j4KCgMDA4OEBBMTP//+fnu7t7eFBQyMg
        ICA0VFQkL39/z88PACAurqFBQZGfn5CgoCAv39CAgREfn5ERECAgTNzQkJPj4dHSIi8/P9
        /fj46uoBAePjDQ05OQQEFxf6+tHRCgoAVVWkpGVlsLBvb7a2h4e7u4+PzMygoNPTkJC5ua
        urysqdncPDATk5qKgPDxQUBAQBAS8vAgIKCvX16uoeHkpK///S0vv7LCwWFgILC/j4Nzfv
        7ykpCQkpKfLyIiIGBggI+vrNzQgIGhoODhUV6uoDX19dXdvbFhYbG/f3398FBQgIAAAqKg
        UFAgIVFQsL7e0SEhcXBBUVGxvd3f7+7+/7+x4eEhIDA/Pz5uYNDRwc7e0fHyEh8/MFBQCQ
        kMfHbGy/v6ys09OPj9/fm5vPz8LC2trCwtPTs7PX1+3t8vIvlLHbr5zojgAAAABJRU5Erk
        Jggg==
        """,
        """
        j350iZKTl4yGg4iNiIxvl7aae5SKm4upnJO9oZiGcpWlmqa9fJChmoqIs8eekpWYp6Wwrr
        y0fXh6nKmIxqK/iqmUwL+SmLLWqoKkmLHAprzSrYKWpbCmv9PGqJG6na7Lzb/u
        """
      ),
      (
        "rgba16", 9, 11,
        """
        iVBORw0KGgoAAAANSUhEUgAAAAkAAAALEAYAAAD9yXtYAAADHElEQVR42hWRX0gaARzHTz
        vvPE+zO7vz/pimJWZUTveH/rhiKybUUw/KCgY+LZgQ+NYgegiCHnqKovaHhGBEWwX1FAgS
        g70sCtZWVBA3K4zO5flnurPUW/eBL7+HH/z4/r5fwGQCwc7O+XmdDsfN5o8fX7zo72eYL1
        9aW73e7u6lpWfPfL7BwY2NcHh0dGgoEvH7X74MhZaXx8ZevRoZ2dlZXHz37vXr/X1FS4tO
        19k5O0sQfX08jyAsm0goFHp9LudyORzpNEHkciyrUv35k8sZjQYDhtXUJJN6vdlsMGi16b
        Qkmc06nVqtFAQEOTmh6fr64+OODlG8uMDxhw95vlwGQaNRec/VFQBYrRqN1XpwIB968sRm
        UyoRJJs1GgnC6YzHNZpSqYphBga83t5erZZlRbGmpqmJJGkax00misJxBCkWbbbzcwQBAB
        Ds6RFFScrnKxUYzmZhmGUrFZXK5cJxtRqsqzs7u7oqlyXp0SMUxbC9PZ1OpZIku10Qzs8F
        oVAwmyFIo7HbZefFIs/r9SRZqRgMDPPrF00TxM2NXl9VBbjdT5+2t6+sPH/e3R0IfPoUDA
        YCfv/KSuiecHh1dXx8eDgY3N5eWFhdffNmd/fz55mZzc1YbGJicnJqanf3+/etreVljlMM
        DAQCY2Pb2xZLQ8P1NQShKM+nUqLIMJLU0IAgIKhUylIoamspCoKqq7VaksznKcpk+v27tp
        bjDIbm5rs7JXrPxUUmA4JHR6lUPp/N1tdjmCT9/Olyud1a7eUlDDscpRIMYxhJqtX//lks
        HEdRiUQmY7cDQE+PIEAQw1Q9eODzud3DwwjS2ir/XiweHdE0itrtFoso4nhjI0kWCvm8Qk
        FRmcztbTotFw9BTU3ZbEuLJHFcV5cgEATo8SQSkiRHbrV6PKkUQaDozU2pVF1dLDqdyaQ8
        02m54LY2ACiX5Q1NI0gi8fix0QjDPh+GqdXJJPD2bSi0uBiLjY5OT0cisdja2tRUJBKNTk
        4uLa2vn55++/b164cPP37MzR0evn/P83K4W1sHB9FoPL639/cvz3NcPH57+x/yA1RuDZA4
        wwAAAABJRU5ErkJggg==
        """,
        """
        dG6Bg4GkloyofI+AnZqHhp+oZJGVnnuHpJGnkJGZppeblpeyi4qNnZyoqa6vfYWSnZCxs5
        rBhZaSlZaerba8k4qenpimrau8mqmNo7O4vbzKiauZr67Kys3smKKxpsrAxtXj
        """
      ),
      (
        "palette1", 9, 11,
        """
        iVBORw0KGgoAAAANSUhEUgAAAAkAAAALAQMAAACXlzVYAAAABlBMVEXysxJhXDFej194AA
        AAKUlEQVR42mNgaGBkrGdiY2D+d4CFqZaBtYGRu5SJhYFZwJTFg4GhvgEAZC4F7btP3+QA
        AAAASUVORK5CYII=
        """,
        """
        s7Ozs7Ozs7NZs7Ozs7Ozs1lZs7Ozs7NZWVlZs7Ozs7Ozs1mzs7Ozs7OzWVlZs7Ozs7NZs1
        lZs7Ozs1mzWVlZs7Ozs1lZWVlZs7OzWbNZWVlZs1mzWVlZWVlZs1lZWVlZWVlZ
        """
      ),
      (
        "palette2", 9, 11,
        """
        iVBORw0KGgoAAAANSUhEUgAAAAkAAAALAgMAAADQN0+IAAAADFBMVEVYEpZMCSqqfkZhai
        jaPfItAAAANUlEQVR42mMQDHVgZA14zRQgwMD8XP81i6GDGEPoqgbGKAExpv8sDsx6XidZ
        bBgdGFatOwAA8eUL+zQ8PpMAAAAASUVORK5CYII=
        """,
        """
        NiE2ISEhISEhNjYhISEhISEhISEhISGFISEhNiE2ISGFhYUhITY2hYWFhYWFISEhIYWFhY
        WFISGFhSGFhYWFISGFISGFYIVgISGFhYWFYIWFhSEhhYWFYGBghYWFhYWFYIVg
        """
      ),
      (
        "palette4", 9, 11,
        """
        iVBORw0KGgoAAAANSUhEUgAAAAkAAAALBAMAAABfd7ooAAAAMFBMVEVs6E6feFVp8xQw31
        34jpBPGGHof1wXYZxBcu2PsUxNR17xbJ9hM6w5874L+dkD2a5hAH2zAAAATUlEQVR42gFC
        AL3/ACM0NGhgARUPQRMYAiARIwDgAxkjGPsbBAIQ3jT3ACNYepugAUYPUxPVAg818PEwAy
        812QcEBP7FX9IQAIqJuqvgGmAUatgtHZIAAAAASUVORK5CYII=
        """,
        """
        sJycrpyumnGagDGwrpoxUnGbnDGcMXFxUnFSnJwxUnFSUkubnDGaUpoxm5ubsJwxcVJLm5
        pLrpoxMUtxmpqbMTFxS5txS09PMZtLmlJxm5uaMVKamk9Lm09PcUtxm5pLS5qu
        """
      ),
    ]
}
