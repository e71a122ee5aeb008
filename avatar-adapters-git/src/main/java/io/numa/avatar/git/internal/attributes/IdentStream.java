package io.numa.avatar.git.internal.attributes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.util.TemporaryBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Expands the keyword {@code $Id$} to {@code $Id: <id of the blob> $}, or collapses it
 * (gitattributes(5), {@code ident}).
 */
final class IdentStream extends OutputStream {
  private static final String BEGINNING = "$Id";
  private static final int IN_MEMORY = 1 << 16;

  private final OutputStream out;
  private final byte[] replacement;
  private final Form form;

  /** How much of the form's beginning was received last, and is not written yet. */
  private int begun;

  /** The expanded keyword that is being received. */
  private @Nullable Keyword keyword;

  /** The ways in which Git finds keywords (convert.c). They differ for unusual texts only. */
  private enum Form {
    /** {@code ident_to_git}. */
    COLLAPSE(BEGINNING),

    /** {@code ident_to_worktree}. */
    EXPAND(BEGINNING),

    /**
     * {@code ident_filter_fn}. A dollar sign that ends something else begins no keyword, and a NUL
     * counts as a part of the beginning.
     */
    EXPAND_STREAMED(BEGINNING + "\0");

    private final String beginning;

    Form(String beginning) {
      this.beginning = beginning;
    }
  }

  private IdentStream(OutputStream out, String replacement, Form form) {
    this.out = out;
    this.replacement = replacement.getBytes(US_ASCII);
    this.form = form;
  }

  /**
   * Expands keywords.
   *
   * @param streamed whether Git would convert the file without reading it as a whole
   */
  static OutputStream expand(OutputStream out, ObjectId blob, boolean streamed) {
    return new IdentStream(
        out, "$Id: " + blob.name() + " $", streamed ? Form.EXPAND_STREAMED : Form.EXPAND);
  }

  static OutputStream collapse(OutputStream out) {
    return new IdentStream(out, "$Id$", Form.COLLAPSE);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int start = offset;
    for (int i = offset; i < offset + length; i++) {
      if (keyword != null || begun > 0 || bytes[i] == '$') {
        out.write(bytes, start, i - start);
        start = i + 1;
        take(bytes[i]);
      }
    }
    out.write(bytes, start, offset + length - start);
  }

  private void take(byte one) throws IOException {
    if (keyword != null) {
      takeInKeyword(keyword, one);
    } else if (begun == BEGINNING.length() && one == ':') {
      begun = 0;
      keyword = new Keyword();
    } else if (begun == BEGINNING.length() && one == '$' && form != Form.COLLAPSE) {
      begun = 0;
      out.write(replacement);
    } else if (begun < form.beginning.length() && one == form.beginning.charAt(begun)) {
      begun++;
    } else {
      release(one);
    }
  }

  private void takeInKeyword(Keyword open, byte one) throws IOException {
    if (one == '$' && !open.isForeign(form)) {
      keyword = null;
      open.close();
      out.write(replacement);
    } else if (one == '$' || one == '\n') {
      keyword = null;
      open.writeTo(out);
      release(one);
    } else {
      open.add(one);
    }
  }

  /** Writes what was held back, and a byte that does not continue it, but may begin a keyword. */
  private void release(byte one) throws IOException {
    writeBegun();
    if (one == '$' && form != Form.EXPAND_STREAMED) {
      begun = 1;
    } else {
      out.write(one);
    }
  }

  private void writeBegun() throws IOException {
    out.write(form.beginning.substring(0, begun).getBytes(US_ASCII));
    begun = 0;
  }

  @Override
  public void close() throws IOException {
    writeBegun();
    if (keyword != null) {
      keyword.writeTo(out);
      keyword = null;
    }
  }

  /** The text from {@code $Id:} up to the next dollar sign or line end. */
  private static final class Keyword {
    private final TemporaryBuffer text = new TemporaryBuffer.LocalFile(null, IN_MEMORY);
    private long length;

    /** The position of the first space after the first character; 0 if there is none. */
    private long space;

    /** For {@link Form#EXPAND_STREAMED}: blank text that is not at the end. */
    private final Blanks blanks = new Blanks();

    Keyword() throws IOException {
      text.write((BEGINNING + ":").getBytes(US_ASCII));
    }

    void add(byte one) throws IOException {
      if (one == ' ' && space == 0) {
        space = length;
      }
      blanks.add(one, length);
      length++;
      text.write(one);
    }

    /** Whether another version control system seems to have expanded it. */
    boolean isForeign(Form form) {
      return switch (form) {
        case COLLAPSE -> false;
        case EXPAND -> space > 0 && space < length - 1;
        case EXPAND_STREAMED -> blanks.found;
      };
    }

    void writeTo(OutputStream out) throws IOException {
      text.close();
      text.writeTo(out, null);
      text.destroy();
    }

    void close() throws IOException {
      text.close();
      text.destroy();
    }
  }

  /** Looks for a blank that another character follows, behind a space and before any NUL. */
  private static final class Blanks {
    private boolean looking;
    private boolean afterBlank;
    private boolean found;

    void add(byte one, long position) {
      if (position == 0) {
        looking = one == ' ';
      } else if (looking) {
        found |= afterBlank;
        afterBlank = one == ' ' || one == '\t' || one == '\r';
        looking = one != 0;
      }
    }
  }
}
