/*
 * A reactor that uses functions of the application, which the module "app.orders" offers.
 *
 *     quote      the payload is an order as JSON, for the application to price; answers with what it
 *                said, or fails with its text
 *     stock      the payload is one byte, the number of an article; answers with how many there are
 *     discount   the same; answers with a discount in percent
 *
 * Must earn 0 with the grant host:call for each function; without it quote and stock fail with
 * "denied", and discount is stopped with CAPABILITY_DENIED, since a fraction has no room for a no.
 */
#include "cordon.h"

#define ORDERS_IMPORT(name) \
    __attribute__((import_module("app.orders"), import_name(#name))) extern

/* A number, or a negative result of enum cordon_result. */
ORDERS_IMPORT(stock) int64_t orders_stock(int32_t article);

/* Takes JSON; the answer is JSON, too, and becomes the response. */
ORDERS_IMPORT(quote) int32_t orders_quote(const char *order, uint32_t length);

ORDERS_IMPORT(discount) double orders_discount(int32_t article);

static char text[4096];

static void answer(uint64_t number) {
    char digits[20];
    uint32_t at = sizeof digits;
    do {
        digits[--at] = (char) ('0' + number % 10);
        number /= 10;
    } while (number > 0);
    cordon_output_write(digits + at, sizeof digits - at);
}

static int32_t article(void) {
    unsigned char number = 0;
    cordon_input_read(&number, 0, 1);
    return number;
}

static int32_t refused(int64_t result) {
    switch (result) {
        case CORDON_DENIED:
            return cordon_fail("denied");
        case CORDON_INVALID_ARGUMENT:
            return cordon_fail("invalid");
        default:
            return cordon_fail("refused");
    }
}

CORDON_COMMAND(quote) {
    uint32_t length = (uint32_t) cordon_input_read(text, 0, sizeof text);
    int32_t result = orders_quote(text, length);
    if (result < 0 && result != CORDON_FAILED) {
        return refused(result);
    }
    length = (uint32_t) cordon_response_read(text, 0, sizeof text);
    if (result == CORDON_FAILED) {
        cordon_error_write(text, length);
    } else {
        cordon_output_write(text, length);
    }
    return 0;
}

CORDON_COMMAND(stock) {
    int64_t result = orders_stock(article());
    if (result < 0) {
        return refused(result);
    }
    answer((uint64_t) result);
    return 0;
}

CORDON_COMMAND(discount) {
    answer((uint64_t) (orders_discount(article()) * 100));
    return 0;
}
