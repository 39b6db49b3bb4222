//! A WASI command with sockets, by the crate `wasmedge_wasi_socket`:
//!
//!     rust-sockets client HOST PORT TEXT    sends TEXT, prints the answer
//!     rust-sockets server PORT COUNT        sends back what COUNT connections send, one by one
//!
//! Exits with 0, with 1 when the network did not do its part, with 2 for wrong arguments.

use std::io::{self, Read, Write};
use std::net::Shutdown;
use wasmedge_wasi_socket::{nslookup, TcpListener, TcpStream};

fn client(host: &str, port: &str, text: &str) -> io::Result<()> {
    let addresses = nslookup(host, port)?;
    let address = addresses.first().ok_or(io::ErrorKind::NotFound)?;
    let mut stream = TcpStream::connect(*address)?;
    stream.write_all(text.as_bytes())?;
    stream.shutdown(Shutdown::Write)?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    println!("{} says {}", stream.peer_addr()?, answer);
    Ok(())
}

fn echo(stream: &mut TcpStream) -> io::Result<u64> {
    let mut buffer = [0; 4096];
    let mut total = 0;
    loop {
        let length = stream.read(&mut buffer)?;
        if length == 0 {
            return Ok(total);
        }
        stream.write_all(&buffer[..length])?;
        total += length as u64;
    }
}

fn server(port: u16, count: u32) -> io::Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", port), false)?;
    println!("listening");
    io::stdout().flush()?;
    for _ in 0..count {
        let (mut stream, peer) = listener.accept(false)?;
        println!("{} bytes from {}", echo(&mut stream)?, peer.ip());
    }
    Ok(())
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words[..] {
        ["client", host, port, text] => client(host, port, text),
        ["server", port, count] => match (port.parse(), count.parse()) {
            (Ok(port), Ok(count)) => server(port, count),
            _ => std::process::exit(2),
        },
        _ => {
            eprintln!("usage: rust-sockets client HOST PORT TEXT | server PORT COUNT");
            std::process::exit(2);
        }
    };
    if let Err(error) = result {
        eprintln!("rust-sockets: {error}");
        std::process::exit(1);
    }
}
