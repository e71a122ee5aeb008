package io.numa.avatar.git.internal.attributes;

import io.numa.avatar.git.internal.attributes.AttributeValue.Kind;
import io.numa.avatar.git.internal.attributes.Content.Writing;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the content of one file differs between the tree and Git, by its attributes (gitattributes(5)
 * and Git's convert.c). Checkout and check-in both decide here, by the whole content, which is read
 * several times rather than held in memory. No configuration and no filter takes part.
 */
public final class Conversion {
  private static final Logger log = LoggerFactory.getLogger(Conversion.class);
  private static final String ENCODING = "working-tree-encoding";

  private final String path;
  private final LineEnds lineEnds;
  private final boolean ident;
  private final Optional<WorkingTreeEncoding> encoding;

  private Conversion(
      String path, LineEnds lineEnds, boolean ident, Optional<WorkingTreeEncoding> encoding) {
    this.path = path;
    this.lineEnds = lineEnds;
    this.ident = ident;
    this.encoding = encoding;
  }

  /** The conversion of a file without attributes. */
  static Conversion none(String path) {
    return new Conversion(path, LineEnds.AS_IS, false, Optional.empty());
  }

  /**
   * The conversion of a file.
   *
   * @throws PortException of kind {@code DENIED} if its encoding has no name; Git stops there, too
   */
  static Conversion of(String path, Map<String, AttributeValue> attributes) {
    return new Conversion(
        path,
        LineEnds.of(attributes),
        AttributeValue.SET.equals(attributes.get("ident")),
        encoding(path, attributes.getOrDefault(ENCODING, AttributeValue.UNSPECIFIED)));
  }

  private static Optional<WorkingTreeEncoding> encoding(String path, AttributeValue value) {
    if (value.kind() == Kind.SET) {
      throw new PortException(
          FailureKind.DENIED,
          "could not convert '"
              + WorkspacePath.shown(path)
              + "': .gitattributes gives it "
              + ENCODING
              + " without the name of an encoding");
    }
    return value.text().isEmpty() || WorkingTreeEncoding.isGitsOwn(value.text())
        ? Optional.empty()
        : Optional.of(WorkingTreeEncoding.of(value.text()));
  }

  /** Whether every blob is written into the tree byte by byte. */
  public boolean keepsBlobs() {
    boolean crLf = lineEnds == LineEnds.CRLF || lineEnds == LineEnds.AUTO_CRLF;
    return !crLf && !ident && encoding.isEmpty();
  }

  /** Whether every file is stored in Git byte by byte. */
  public boolean keepsFiles() {
    return lineEnds == LineEnds.AS_IS && !ident && encoding.isEmpty();
  }

  /**
   * Writes a blob as its file in the tree. As Git does, it writes a text that the file's encoding
   * lacks as it is.
   */
  public void checkOut(Content blob, ObjectId id, OutputStream file) throws IOException {
    Writing content = blob::writeTo;
    if (ident) {
      content = Content.through(content, out -> IdentStream.expand(out, id, isStreamed()));
    }
    if (lineEnds == LineEnds.CRLF
        || (lineEnds == LineEnds.AUTO_CRLF && LineEndings.of(content).isTextWithoutCr())) {
      content = Content.through(content, LineEndStream::toCrLf);
    }
    if (encoding.isPresent() && isEncodable(content, encoding.get())) {
      content = Content.through(content, encoding.get()::encode);
    }
    content.to(file);
  }

  /** Whether Git converts such a file without reading it as a whole. */
  private boolean isStreamed() {
    return encoding.isEmpty() && lineEnds != LineEnds.AUTO && lineEnds != LineEnds.AUTO_CRLF;
  }

  private boolean isEncodable(Writing content, WorkingTreeEncoding to) throws IOException {
    try {
      if (to.charset().isPresent()) {
        Content.through(content, to::encode).to(OutputStream.nullOutputStream());
        return true;
      }
    } catch (CharacterCodingException e) {
      // The content has a character that the encoding lacks, or is not UTF-8.
    }
    log.warn(
        "'{}' is in the tree as it is in Git: it cannot be encoded as {}",
        WorkspacePath.shown(path),
        to.name());
    return false;
  }

  /**
   * Converts a file of the tree to its blob.
   *
   * @param index the blob that Git has for the file's path; under {@code text=auto}, its line ends
   *     decide, too
   * @return the conversion of this content; empty if it is stored byte by byte
   * @throws PortException of kind {@code DENIED} if the file is not in its encoding
   */
  public Optional<Writing> checkIn(Content file, Optional<Content> index) throws IOException {
    if (keepsFiles()) {
      return Optional.empty();
    }
    Writing content = file::writeTo;
    if (encoding.isPresent() && !isEmpty(file)) {
      requireDecodable(file, encoding.get());
      content = Content.through(content, encoding.get()::decode);
    }
    if (losesCr(content, index)) {
      content = Content.through(content, LineEndStream::toLf);
    } else if (!ident && encoding.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(ident ? Content.through(content, IdentStream::collapse) : content);
  }

  private boolean losesCr(Writing content, Optional<Content> index) throws IOException {
    return switch (lineEnds) {
      case AS_IS -> false;
      case LF, CRLF -> true;
      case AUTO, AUTO_LF, AUTO_CRLF -> {
        LineEndings ends = LineEndings.of(content);
        yield ends.isText() && ends.hasCrLf() && !hasCrLf(index);
      }
    };
  }

  /** Git does not convert a text that has CR LF in the repository already. */
  private static boolean hasCrLf(Optional<Content> index) throws IOException {
    if (index.isEmpty()) {
      return false;
    }
    LineEndings ends = LineEndings.of(index.get()::writeTo);
    return ends.isText() && ends.hasCrLf();
  }

  private static boolean isEmpty(Content file) throws IOException {
    try (var in = file.open()) {
      return in.read() < 0;
    }
  }

  private void requireDecodable(Content file, WorkingTreeEncoding from) throws IOException {
    Optional<String> problem = from.problem(file);
    if (problem.isEmpty()) {
      try {
        Content.through(file::writeTo, from::decode).to(OutputStream.nullOutputStream());
        return;
      } catch (CharacterCodingException e) {
        problem = Optional.of("an encoding in which the file is no text");
      }
    }
    throw new PortException(
        FailureKind.DENIED,
        "could not commit the change: .gitattributes says that '"
            + WorkspacePath.shown(path)
            + "' has the "
            + ENCODING
            + " "
            + WorkspacePath.shown(from.name())
            + ", "
            + problem.get());
  }
}
