package io.numa.avatar.agent.gateway.internal.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** A body as the agent sent it, but for some edits. */
public final class EditedBody extends RequestBody {
  private final byte[] original;
  private final List<Edit> edits;

  /**
   * @param edits do not overlap
   */
  public EditedBody(byte[] original, List<Edit> edits) {
    this.original = original;
    this.edits = edits.stream().sorted(Comparator.comparingInt(Edit::from)).toList();
  }

  /** The content type is among the request's headers, as the agent gave it. */
  @Override
  public @Nullable MediaType contentType() {
    return null;
  }

  @Override
  public long contentLength() {
    long length = original.length;
    for (Edit each : edits) {
      length += each.text().getBytes(UTF_8).length - (each.to() - each.from());
    }
    return length;
  }

  /** OkHttp must not send it again by itself; the agent decides about that. */
  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    int at = 0;
    for (Edit each : edits) {
      sink.write(original, at, each.from() - at);
      sink.writeUtf8(each.text());
      at = each.to();
    }
    sink.write(original, at, original.length - at);
  }
}
