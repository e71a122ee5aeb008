/**
 * What each kind of failure means for people: whose it is, what to look at, and whether another try
 * helps. {@code docs/failures.md} is made from it.
 */
@NullMarked
package io.numa.avatar.operation.advice;

import org.jspecify.annotations.NullMarked;
