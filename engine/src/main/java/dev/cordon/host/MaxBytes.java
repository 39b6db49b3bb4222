package dev.cordon.host;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Bounds one parameter of a {@link HostFunction}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface MaxBytes {
    /**
     * The longest text, bytes or JSON taken.
     *
     * @return bytes, 0 to {@value HostTerms#LARGEST_BYTES}
     */
    int value();
}
