package io.numa.avatar.document;

import com.fasterxml.jackson.core.JsonPointer;

/**
 * One thing that is wrong in a document.
 *
 * @param message what is there and what is allowed
 */
public record DocumentProblem(JsonPointer at, String message) {}
