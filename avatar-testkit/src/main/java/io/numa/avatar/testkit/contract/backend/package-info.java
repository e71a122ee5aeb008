/**
 * The tests that every adapter to a backend must pass, by what the backend can do. Begin with
 * {@link io.numa.avatar.testkit.contract.backend.MessageSourceContract}.
 */
@NullMarked
package io.numa.avatar.testkit.contract.backend;

import org.jspecify.annotations.NullMarked;
