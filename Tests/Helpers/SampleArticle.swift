import Foundation

@testable import Lesson
@testable import Shared

/// A small article with everything in it that an article may have.
enum SampleArticle {
  static let files = [
    "README.md": """
    # Title & more

    What it is[2](references.md#bo2018). Begin with [One](01-one.md).

    ## How to read it

    In order.
    """,
    "01-one.md": """
    # 1 · One < two

    *Beside it: [chapter 2](../Chapters/02-Data/main.swift), `swift run`.
    Before it: [Title](README.md). After it: [Six](06-six.md#the-end).*

    Claimed[1](references.md#al2017)[2](references.md#bo2018), and measured:
    84.3 %<!--=05-Attacks fgsm[epsilon=0.1].accuracy percent 1-->, in
    [its file](../Shared/Code.swift), [outside](../../secret.txt),
    [another](../Notes.md), [a trap](javascript:run) or
    [nowhere](https://example.com/?a&b).

    ![A "dot"](figures/a.png)

    *What to `notice`: nothing.*

    ![Gone](figures/gone.png)
    ![Elsewhere](../secret.png)
    """,
    "06-six.md": """
    # 6 · Six

    <!-- from Shared/Code.swift -->
    ```swift
    let x = 1
    ```

    ```text
    <script>alert(1)</script>
    ```

    | name | share |
    |---|---:|
    | a | **50**<!--=x--> |

    ## The end

    See [1](references.md#al2017), [how](#the-end), [key](glossary.md#key).

    ![Curves](figures/b.svg)
    """,
    "glossary.md": """
    # Glossary

    - <a id="key"></a>**Key**: a word <script>.
    """,
    "references.md": """
    # References

    1. <a id="al2017"></a>Al. "A". arXiv:1701.00001, 2017.
       <https://arxiv.org/abs/1701.00001>
    2. <a id="bo2018"></a>Bo. "B", after [1](references.md#al2017),
       2018. <https://example.com/(b)>
    3. <a id="cy2019"></a>Cy. "C". Never cited.
    """,
    "notes.txt": "Not of the article.",
  ]

  /// Writes a package with this article.
  static func write(to package: URL) throws {
    for (name, text) in files {
      try write(text, "Article/\(name)", in: package)
    }
    try write("PNG", "Article/figures/a.png", in: package)
    try write("<svg/>", "Article/figures/b.svg", in: package)
    try write("// One.\n  let x = 1\n", "Shared/Code.swift", in: package)
    try write("", "Notes.md", in: package)
  }

  static func write(_ text: String, _ path: String, in package: URL) throws {
    try writeFile(
      Data(text.utf8), to: package.appendingPathComponent(path))
  }

  /// The page in a folder of a package, beside the page of chapter 2.
  static func page(in package: URL, output: String = "Output") throws -> String
  {
    let workspace = Workspace(
      output: package.appendingPathComponent(output), isQuick: false)
    try workspace.write(Data(), to: "02-Data.html")
    let article = Article(folder: package.appendingPathComponent("Article"))
    return article.map {
      ArticlePage(article: $0, workspace: workspace, stylesheet: "").html
    } ?? ""
  }
}
