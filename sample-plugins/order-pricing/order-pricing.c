/*
 * Prices orders, and hands them on.
 *
 *     place   takes {"id":"o-1","item":"book","quantity":2}, adds what that costs in cents as
 *             "total", has the command "order.enrich" add what else is to be known, publishes the
 *             result as the event "order.accepted", and answers with it
 *
 * The price of a book in cents is the configuration value "price.book".
 *
 * Must: answer with an error, and publish nothing, if the order is malformed, an item has no price,
 * or somebody on the way fails.
 */
#include "cordon.h"

#define MAX_ORDER 4096
#define MAX_QUANTITY 1000
#define MAX_CENTS 100000000

static char order[MAX_ORDER + 64];
static char document[MAX_ORDER * 4];
static char key[6 + 64] = "price.";
static char digits[12];

static int text_equals(const char *text, uint32_t length, const char *other) {
    uint32_t at = 0;
    while (at < length && other[at] != 0 && text[at] == other[at]) {
        at++;
    }
    return at == length && other[at] == 0;
}

static void copy(char *to, const char *from, uint32_t length) {
    for (uint32_t i = 0; i < length; i++) {
        to[i] = from[i];
    }
}

/* Where a member of the flat object starts or ends; the text ends with a zero. */
static uint32_t skip_space(uint32_t at) {
    while (order[at] == ' ' || order[at] == '\n' || order[at] == '\r' || order[at] == '\t') {
        at++;
    }
    return at;
}

/* The end of a string that starts behind AT, or 0; strings with escapes are not taken. */
static uint32_t string_end(uint32_t at) {
    while (order[at] != '"') {
        if (order[at] == 0 || order[at] == '\\' || (unsigned char) order[at] < ' ') {
            return 0;
        }
        at++;
    }
    return at;
}

static int64_t number(const char *text, uint32_t length, int64_t most) {
    int64_t value = 0;
    for (uint32_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9' || value > most) {
            return -1;
        }
        value = value * 10 + (text[i] - '0');
    }
    return length == 0 || value > most ? -1 : value;
}

struct order {
    const char *item;
    uint32_t item_length;
    int64_t quantity;
    uint32_t end; /* where the closing brace is */
};

/* Keeps what is wanted of one member; 0 if it has the wrong type. */
static int keep(struct order *into, const char *name, uint32_t name_length, uint32_t from,
        uint32_t to, int is_string) {
    if (text_equals(name, name_length, "item")) {
        into->item = order + from;
        into->item_length = to - from;
        return is_string;
    }
    if (text_equals(name, name_length, "quantity")) {
        into->quantity = number(order + from, to - from, MAX_QUANTITY);
        return !is_string;
    }
    return !text_equals(name, name_length, "total"); /* that is for us to say */
}

/* Reads a flat object of strings and numbers; 0 if it is none. */
static int read_order(struct order *into) {
    uint32_t at = skip_space(0);
    if (order[at] != '{') {
        return 0;
    }
    do {
        at = skip_space(at + 1);
        uint32_t name_end = order[at] == '"' ? string_end(at + 1) : 0;
        if (name_end == 0) {
            return 0;
        }
        const char *name = order + at + 1;
        uint32_t name_length = name_end - at - 1;
        at = skip_space(name_end + 1);
        if (order[at] != ':') {
            return 0;
        }
        at = skip_space(at + 1);
        int is_string = order[at] == '"';
        uint32_t from = at + (uint32_t) is_string;
        uint32_t to = is_string ? string_end(from) : from;
        while (!is_string && order[to] >= '0' && order[to] <= '9') {
            to++;
        }
        if (to == 0 || (to == from && !is_string)
                || !keep(into, name, name_length, from, to, is_string)) {
            return 0;
        }
        at = skip_space(to + (uint32_t) is_string);
    } while (order[at] == ',');
    into->end = at;
    return order[at] == '}' && order[skip_space(at + 1)] == 0;
}

/* What one of an item costs in cents, or -1. */
static int64_t price(const struct order *of) {
    if (of->item_length > sizeof key - 6) {
        return -1;
    }
    copy(key + 6, of->item, of->item_length);
    int32_t length = cordon_config_get(key, 6 + of->item_length);
    if (length < 0 || (uint32_t) length > sizeof digits) {
        return -1;
    }
    cordon_response_read(digits, 0, (uint32_t) length);
    return number(digits, (uint32_t) length, MAX_CENTS);
}

static uint32_t append(uint32_t at, const char *text, uint32_t length) {
    copy(order + at, text, length);
    return at + length;
}

/* Puts the total in place of the closing brace; gives the new length. */
static uint32_t add_total(uint32_t at, int64_t total) {
    char reversed[20];
    uint32_t count = 0;
    do {
        reversed[count++] = (char) ('0' + total % 10);
        total /= 10;
    } while (total > 0);
    at = append(at, ",\"total\":", 9);
    while (count > 0) {
        order[at++] = reversed[--count];
    }
    order[at] = '}';
    return at + 1;
}

/* Answers with the text of whoever failed. */
static int32_t fail_with_response(int32_t result, const char *otherwise) {
    if (result != CORDON_FAILED) {
        return cordon_fail(otherwise);
    }
    int32_t length = cordon_response_read(document, 0, sizeof document);
    cordon_error_write(document, (uint32_t) length);
    return 1;
}

CORDON_COMMAND(place) {
    static const char ENRICH[] = "order.enrich";
    static const char ACCEPTED[] = "order.accepted";

    int32_t length = cordon_input_length();
    if (length > MAX_ORDER) {
        return cordon_fail("the order is too long");
    }
    cordon_input_read(order, 0, MAX_ORDER);
    order[length] = 0;
    struct order placed = {0, 0, -1, 0};
    if (!read_order(&placed) || placed.item == 0 || placed.quantity < 1) {
        return cordon_fail("not an order");
    }
    int64_t cents = price(&placed);
    if (cents < 0) {
        return cordon_fail("the item has no price");
    }
    uint32_t priced = add_total(placed.end, cents * placed.quantity);

    int32_t enriched = cordon_command_send(ENRICH, sizeof ENRICH - 1, order, priced);
    if (enriched < 0) {
        return fail_with_response(enriched, "nobody could enrich the order");
    }
    if ((uint32_t) enriched > sizeof document) {
        return cordon_fail("the enriched order is too long");
    }
    cordon_response_read(document, 0, (uint32_t) enriched);
    if (cordon_event_publish(ACCEPTED, sizeof ACCEPTED - 1, document, (uint32_t) enriched) < 0) {
        return cordon_fail("the order could not be announced");
    }
    return cordon_output_write(document, (uint32_t) enriched) < 0;
}
