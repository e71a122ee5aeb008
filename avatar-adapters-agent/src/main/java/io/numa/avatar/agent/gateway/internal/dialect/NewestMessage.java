package io.numa.avatar.agent.gateway.internal.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the place behind the newest message of a request. A text joins a message of the user, as
 * some hosts refuse two of them in a row; behind results of tools it is a message of its own.
 */
final class NewestMessage {
  private final Dialect dialect;
  private final byte[] body;
  private final JsonParser json;

  /**
   * A message of a list.
   *
   * @param role who speaks; empty if it does not say
   */
  private record Message(String role, Content content) {}

  /**
   * What a message says.
   *
   * @param end behind the last character of its text, or at the bracket that closes its parts;
   *     negative if it has neither
   * @param hasResults whether it has what tools of Gemini's gave
   */
  private record Content(int end, boolean isText, boolean isEmpty, boolean hasResults) {
    static final Content NONE = new Content(-1, false, true, false);
  }

  /**
   * @param json at the value that holds the messages
   */
  NewestMessage(Dialect dialect, byte[] body, JsonParser json) {
    this.dialect = dialect;
    this.body = body;
    this.json = json;
  }

  /** Reads the value to its end; null if no text fits behind it. */
  @Nullable NoteSpot spot() throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return dialect == Dialect.OPENAI_RESPONSES ? inText(closingQuote(offset())) : null;
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return null;
    }
    Message newest = null;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      newest = json.currentToken() == JsonToken.START_OBJECT ? message() : null;
      json.skipChildren();
    }
    return newest == null ? null : behind(newest, offset());
  }

  private @Nullable NoteSpot behind(Message newest, int end) {
    return switch (dialect) {
      case OPENAI_RESPONSES ->
          new NoteSpot(
              end,
              ",{\"type\":\"message\",\"role\":\"user\","
                  + "\"content\":[{\"type\":\"input_text\",\"text\":\"",
              "\"}]}");
      case GEMINI -> behindContent(newest, end);
      case OPENAI_CHAT, ANTHROPIC -> behindMessage(newest, end);
    };
  }

  private static @Nullable NoteSpot behindContent(Message newest, int end) {
    if (newest.role().equals("model")) {
      return null;
    }
    return newest.content().hasResults() || newest.content().end() < 0
        ? new NoteSpot(end, ",{\"role\":\"user\",\"parts\":[{\"text\":\"", "\"}]}")
        : inParts(newest.content(), "{\"text\":\"");
  }

  private static @Nullable NoteSpot behindMessage(Message newest, int end) {
    if (newest.role().equals("assistant")) {
      return null; // the model is to go on with this message
    }
    Content content = newest.content();
    if (!newest.role().equals("user") || content.end() < 0) {
      return new NoteSpot(end, ",{\"role\":\"user\",\"content\":\"", "\"}");
    }
    return content.isText()
        ? inText(content.end())
        : inParts(content, "{\"type\":\"text\",\"text\":\"");
  }

  private static NoteSpot inParts(Content content, String part) {
    return new NoteSpot(content.end(), (content.isEmpty() ? "" : ",") + part, "\"}");
  }

  private static NoteSpot inText(int end) {
    return new NoteSpot(end, "\\n\\n", "");
  }

  private Message message() throws IOException {
    String role = "";
    Content content = Content.NONE;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals("role") && json.currentToken() == JsonToken.VALUE_STRING) {
        role = json.getText();
      } else if (name.equals("content") || name.equals("parts")) {
        content = content();
      }
      json.skipChildren();
    }
    return new Message(role, content);
  }

  private Content content() throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return new Content(closingQuote(offset()), true, false, false);
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      return Content.NONE;
    }
    boolean empty = true;
    boolean results = false;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      empty = false;
      results |= json.currentToken() == JsonToken.START_OBJECT && isResult();
      json.skipChildren();
    }
    return new Content(offset(), false, empty, results);
  }

  /** Reads a part to its end, and returns whether a tool gave it. */
  private boolean isResult() throws IOException {
    boolean result = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      result |= name.equals("functionResponse") || name.equals("function_response");
      json.nextToken();
      json.skipChildren();
    }
    return result;
  }

  private int closingQuote(int openingQuote) {
    int at = openingQuote + 1;
    while (body[at] != '"') {
      at += body[at] == '\\' ? 2 : 1;
    }
    return at;
  }

  private int offset() {
    return (int) json.currentTokenLocation().getByteOffset();
  }
}
