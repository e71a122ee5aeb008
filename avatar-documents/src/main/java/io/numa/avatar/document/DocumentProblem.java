package io.numa.avatar.document;

import com.fasterxml.jackson.core.JsonPointer;

/**
 * One thing that is wrong in a document.
 *
 * @param message the value found and the values allowed
 */
public record DocumentProblem(JsonPointer at, String message) {}
