package io.numa.avatar.agent.gateway.internal.dialect;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/**
 * Where a text can be added after the newest message of a request.
 *
 * @param before the JSON in front of the text, up to its first character
 * @param after the JSON behind it
 */
public record NoteSpot(int offset, String before, String after) {
  /** The edit that adds {@code note}. */
  public Edit edit(String note) {
    String escaped = new String(JsonStringEncoder.getInstance().quoteAsString(note));
    return Edit.insertion(offset, before + escaped + after);
  }
}
